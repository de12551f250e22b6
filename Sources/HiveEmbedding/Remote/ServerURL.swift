import Foundation

/// The address of a server, without any credentials in it.
public struct ServerURL: Sendable, Hashable, CustomStringConvertible {
    /// Why a text is no address.
    public enum Fault: Error, Sendable, Hashable {
        case noAddress
        case noHTTP
        /// A name or password before the host, which would stand in logs.
        case credentials
        case query
    }

    public let description: String
    private let hasPath: Bool
    /// Whether others on the way may read along.
    public let isReadable: Bool

    public init(_ text: String) throws(Fault) {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty else {
            throw .noAddress
        }
        guard let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme) else { throw .noHTTP }
        guard parts.user == nil, parts.password == nil else { throw .credentials }
        guard parts.query == nil, parts.fragment == nil else { throw .query }
        let trimmed = String(text.reversed().drop { $0 == "/" }.reversed())
        description = trimmed
        hasPath = !parts.path.allSatisfy { $0 == "/" }
        isReadable = scheme == "http" && !["localhost", "127.0.0.1", "::1", "[::1]"].contains(host.lowercased())
    }

    /// The address of one operation of an API that lives below `root`. An address with a path of its own stands for
    /// that root.
    func operation(_ path: String, below root: String) -> String {
        hasPath ? description + path : description + root + path
    }
}
