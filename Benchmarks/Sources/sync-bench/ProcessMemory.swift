import Foundation

enum ProcessMemory {
    /// MiB of this process that are in memory now; 0 where the system does not say.
    static var resident: Double {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { return 0 }
        return pages * Double(getpagesize()) / 1_048_576
    }
}
