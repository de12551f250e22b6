import Foundation
import HiveCEL

/// The time zones that the system knows.
struct SystemTimeZones: TimeZoneProvider {
    func offset(ofZone name: String, at seconds: Int64) -> Int64? {
        TimeZone(identifier: name).map {
            Int64($0.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))))
        }
    }
}
