public import HiveAPI
import HiveCore

extension Node: TokenService {
    /// So many tokens may count at once.
    private static let mostTokens = 1000
    /// How long what counts no longer is still known by name, in seconds.
    private static let memory: Int64 = 30 * 86_400
    /// How far the time of the last use may be behind on disk, in seconds.
    private static let useResolution: Int64 = 60

    /// The tokens that this node gave out, for those who check what callers show.
    public var credentials: any Credentials { tokenRegistry }

    public func createToken(_ request: CreateToken, as caller: Caller) async throws -> IssuedToken {
        try await naming {
            try caller.requireOperator(to: "make tokens")
            try request.checkLimits()
            let role = Caller.Role(rawValue: request.role) ?? .agent
            for scope in (request.scopes ?? []) + request.readScopes { try Self.checkScope(scope) }
            let node = kernel.identity.node
            let (record, secret) = try await kernel.write { context in
                let known = try TokenRecord.all(in: context.transaction).filter { $0.ending(at: context.now) == nil }
                guard known.count < Self.mostTokens else {
                    throw HiveError(.tooLarge, "there are \(known.count) tokens already", hint: "revoke some first")
                }
                guard !known.contains(where: { $0.name == request.name }) else {
                    throw HiveError(
                        .alreadyExists, "there is a token `\(request.name)` already",
                        hint: "take another name, or revoke that one first")
                }
                let secret = TokenSecret(node: node, using: &context.random)
                let record = TokenRecord(
                    id: secret.id, name: request.name, role: role, permit: request.permit, digest: secret.digest,
                    created: context.now, expires: request.expiresIn.map { context.now.advanced(bySeconds: Int64($0)) })
                try record.save(in: context.transaction)
                return (record, secret)
            }
            tokenRegistry.put(record)
            return IssuedToken(token: secret.text, details: record.details(at: kernel.surroundings.now()))
        }
    }

    private static func checkScope(_ text: String) throws(HiveError) {
        guard ScopeName(text) == nil else { return }
        throw HiveError(
            .unknownScope, "`\(text)` is no scope", hint: "use instance, agent:NAME, collective:NAME or universal")
    }

    public func tokens(as caller: Caller) async throws -> Page<AccessToken> {
        try await naming {
            try caller.requireOperator(to: "see tokens")
            let now = kernel.surroundings.now()
            let records = tokenRegistry.records.sorted { ($1.created, $0.id) < ($0.created, $1.id) }
            return Page(items: records.map { $0.details(at: now) })
        }
    }

    public func revokeToken(_ id: String, as caller: Caller) async throws -> AccessToken {
        try await naming {
            try caller.requireOperator(to: "revoke tokens")
            let record = try await kernel.write { context in
                var record = try Self.find(id, among: try TokenRecord.all(in: context.transaction), at: context.now)
                guard record.revoked == nil else { return record }
                record.revoked = context.now
                try record.save(in: context.transaction)
                return record
            }
            tokenRegistry.put(record)
            return record.details(at: kernel.surroundings.now())
        }
    }

    /// By its name where one that counts has it, else by the beginning of its id.
    private static func find(
        _ id: String, among records: [TokenRecord], at now: Timestamp
    ) throws(HiveError) -> TokenRecord {
        if let named = records.first(where: { $0.name == id && $0.ending(at: now) == nil }) { return named }
        let found = records.filter { id.utf8.count >= 4 && $0.id.hasPrefix(id.lowercased()) }
        guard let record = found.first else {
            throw HiveError(.notFound, "there is no token `\(id)`", hint: "see `hivectl token list`")
        }
        guard found.count == 1 else {
            throw HiveError(.ambiguous, "`\(id)` is the beginning of \(found.count) tokens", hint: "write more of it")
        }
        return record
    }

    /// Writes down when tokens were last shown, forgets those that have not counted for long, and tells who waits for the
    /// end of one.
    func keepTokens() async throws {
        tokenRegistry.sweep()
        let now = kernel.surroundings.now()
        let stored = try kernel.read { try TokenRecord.all(in: $0) }
        let known = Dictionary(stored.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let used = tokenRegistry.records.filter { record in
            guard let used = record.used, let old = known[record.id] else { return false }
            return used.milliseconds - (old.used?.milliseconds ?? .min / 2) >= Self.useResolution * 1000
        }
        let outdated = stored.filter { $0.ended(by: now.advanced(bySeconds: -Self.memory)) != nil }
        guard !used.isEmpty || !outdated.isEmpty else { return }
        try await kernel.write { context in
            for record in used {
                // Read again: it may have been revoked meanwhile.
                guard
                    let bytes = try context.transaction.local.value(
                        Array(record.id.utf8), in: TokenRecord.namespace)
                else { continue }
                var fresh = try TokenRecord(decoding: bytes)
                fresh.used = record.used
                try fresh.save(in: context.transaction)
            }
            for record in outdated { try record.remove(in: context.transaction) }
        }
        tokenRegistry.remove(outdated.map(\.id))
    }
}
