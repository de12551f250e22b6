import Foundation

/// Times as people write them on the command line.
enum Moments {
    /// A duration such as `24h` as the time so long ago; anything else as it is.
    static func ago(_ text: String) -> String {
        guard let seconds = Durations.seconds(text) else { return text }
        return Date.now.addingTimeInterval(-Double(seconds)).ISO8601Format()
    }

    /// How long, for people: `2h 5m`.
    static func length(seconds: Int) -> String {
        let parts = [
            (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s"),
        ]
        let shown = parts.drop { $0.0 == 0 }.prefix(2).filter { $0.0 > 0 }
        return shown.isEmpty ? "0s" : shown.map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }
}
