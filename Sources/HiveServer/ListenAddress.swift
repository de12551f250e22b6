import HiveAPI

/// Where a listener is, or is to be: a host and a port; port 0 picks a free one.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    public let host: String
    public let port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `HOST:PORT` or `[IPV6]:PORT`. Throws `invalid_input` for anything else.
    public init(_ text: String) throws {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { throw Self.error(text) }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw Self.error(text)
        }
        guard !host.isEmpty else { throw Self.error(text) }
        self.init(host: String(host), port: port)
    }

    private static func error(_ text: String) -> HiveError {
        HiveError(.invalidInput, "`\(text)` is no address to listen at", hint: "write it like 127.0.0.1:8899")
    }

    /// Whether only this machine can reach it.
    public var isLoopback: Bool { ["localhost", "::1"].contains(host) || host.hasPrefix("127.") }

    /// What callers write in `Host` for it; nil where it stands for every address of the machine.
    var hostName: String? {
        guard !["0.0.0.0", "::"].contains(host) else { return nil }
        return host.contains(":") ? "[\(host)]" : host
    }

    /// How this machine itself reaches it.
    var reachable: ListenAddress {
        switch host {
        case "0.0.0.0": ListenAddress(host: "127.0.0.1", port: port)
        case "::": ListenAddress(host: "::1", port: port)
        default: self
        }
    }

    /// As in an address bar.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
