public import HiveAPI
public import HiveCore

/// Who a bearer token stands for. Knows hashes only; the shell keeps the tokens in files.
public struct TokenAuthority: Sendable {
    private struct Entry: Sendable {
        let hash: Digest
        let role: Caller.Role
    }

    private let entries: [Entry]

    /// Hashes as `hash(of:)` makes them. A token may be in one list only.
    public init(agents: [Digest], operators: [Digest]) {
        entries = agents.map { Entry(hash: $0, role: .agent) } + operators.map { Entry(hash: $0, role: .operator) }
    }

    public static func hash(of token: String) -> Digest {
        Digest.sha256(domain: "hive/1/token", Array(token.utf8))
    }

    /// Nil for an unknown token. Takes the same time wherever a token differs and whichever it is.
    public func role(of token: String) -> Caller.Role? {
        let presented = Self.hash(of: token).bytes
        var role: Caller.Role?
        for entry in entries where Self.isEqual(entry.hash.bytes, presented) { role = entry.role }
        return role
    }

    private static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        var difference: UInt8 = left.count == right.count ? 0 : 1
        for (one, other) in zip(left, right) { difference |= one ^ other }
        return difference == 0
    }
}
