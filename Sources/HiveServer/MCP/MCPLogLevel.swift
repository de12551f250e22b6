import HiveAPI

/// How grave a log line is, by the names of syslog (RFC 5424).
package enum MCPLogLevel: Int, Sendable, Comparable, CaseIterable {
    case debug, info, notice, warning, error, critical, alert, emergency

    package static func < (left: MCPLogLevel, right: MCPLogLevel) -> Bool { left.rawValue < right.rawValue }

    var name: String { "\(self)" }

    /// Throws an `MCPFailure` for anything that is no level.
    init(_ json: JSONValue) throws {
        guard let level = Self.allCases.first(where: { json.string == $0.name }) else {
            let names = Self.allCases.map(\.name).joined(separator: ", ")
            throw MCPFailure(.invalidParameters, "\(json) is no log level; there are \(names)")
        }
        self = level
    }
}
