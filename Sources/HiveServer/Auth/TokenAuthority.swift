public import HiveAPI
public import HiveCore

/// Who a bearer token stands for: the two local credentials of a node, of which it knows hashes only, and whatever other
/// kinds of credentials there are.
public struct TokenAuthority: Credentials {
    private struct Entry: Sendable {
        let hash: Digest
        let credential: Credential
    }

    private let entries: [Entry]
    private let others: [any Credentials]

    /// - Parameters:
    ///   - agents: hashes as `hash(of:)` makes them. A token may be in one list only.
    ///   - others: are asked in turn about what is none of the local ones.
    public init(agents: [Digest], operators: [Digest], others: [any Credentials] = []) {
        let lists = [(Caller.Role.agent, agents), (.operator, operators)]
        entries = lists.flatMap { role, hashes in
            let file = "\(role.rawValue).token"
            return hashes.map { Entry(hash: $0, credential: Credential(id: file, name: file, role: role)) }
        }
        self.others = others
    }

    public static func hash(of token: String) -> Digest {
        Digest.sha256(domain: "hive/1/token", Array(token.utf8))
    }

    /// Takes the same time wherever a local token differs and whichever it is.
    public func credential(for secret: String) throws -> Credential? {
        let presented = Self.hash(of: secret).bytes
        var found: Credential?
        for entry in entries where Self.isEqual(entry.hash.bytes, presented) { found = entry.credential }
        if let found { return found }
        for other in others { if let credential = try other.credential(for: secret) { return credential } }
        return nil
    }

    /// The local ones last as long as the node runs.
    public func end(of credential: String) async -> Bool {
        if !entries.contains(where: { $0.credential.id == credential }) {
            for other in others { if await other.end(of: credential) { return true } }
            return false
        }
        // Nothing ever comes out of it: it ends when the task is cancelled.
        let (never, continuation) = AsyncStream.makeStream(of: Void.self)
        for await _ in never {}
        continuation.finish()
        return true
    }

    private static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        var difference: UInt8 = left.count == right.count ? 0 : 1
        for (one, other) in zip(left, right) { difference |= one ^ other }
        return difference == 0
    }
}
