import Foundation
import HiveAPI
import Logging

/// One line of a log.
struct LogEntry {
    let time: Date
    let level: Logger.Level
    let logger: String
    let message: String
    let values: [String: String]

    /// `2026-11-21T09:00:00.000Z info hived: node is ready [peer: 1f2e]`
    var text: String {
        let details = values.sorted { $0.key < $1.key }.map { "\($0.key): \(Self.oneLine($0.value))" }
        let suffix = details.isEmpty ? "" : " [\(details.joined(separator: ", "))]"
        return "\(timeText) \(level) \(logger): \(Self.oneLine(message))\(suffix)"
    }

    /// `{"time":…,"level":…,"logger":…,"message":…}` and the values beside these.
    var json: String {
        var fields = values.mapValues { JSONValue.string($0) }
        fields["time"] = .string(timeText)
        fields["level"] = .string(level.rawValue)
        fields["logger"] = .string(logger)
        fields["message"] = .string(message)
        return JSONValue.object(fields).text
    }

    private var timeText: String { time.formatted(Self.style) }

    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// Whatever a text holds, it neither begins a line of its own nor speaks to a terminal.
    private static func oneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: \.isControl) else { return text }
        var output = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                output += "\\n"
            } else if scalar.isControl {
                output += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
