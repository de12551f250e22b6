import HiveAPI
import HiveCore

/// What a node keeps of a token that it gave out, in its local store.
struct TokenRecord: Sendable, Hashable {
    let id: String
    let name: String
    let role: Caller.Role
    let permit: Permit
    let digest: Digest
    let created: Timestamp
    let expires: Timestamp?
    var revoked: Timestamp?
    var used: Timestamp?

    static let namespace = "tokens"

    /// Why it does not count at a time; nil where it does.
    func ending(at now: Timestamp) -> String? {
        if let revoked { return "was revoked at \(revoked.rfc3339)" }
        if let expires, expires <= now { return "expired at \(expires.rfc3339)" }
        return nil
    }

    /// When it stopped counting; nil where it still does.
    func ended(by now: Timestamp) -> Timestamp? {
        [revoked, expires].compactMap(\.self).filter { $0 <= now }.min()
    }

    var credential: Credential { Credential(id: id, name: name, role: role, permit: permit) }

    /// As it is shown.
    func details(at now: Timestamp) -> AccessToken {
        AccessToken(
            id: id, name: name, role: role.rawValue, agent: permit.agent, scopes: permit.scopes?.sorted(),
            readScopes: permit.readScopes.sorted(), createdAt: created.rfc3339, expiresAt: expires?.rfc3339,
            revokedAt: revoked?.rfc3339, lastUsedAt: used?.rfc3339, active: ending(at: now) == nil)
    }
}

extension TokenRecord {
    func encoded() -> [UInt8] {
        func names(_ set: Set<String>?) -> CBORValue { set.map { .array($0.sorted().map(CBORValue.text)) } ?? .null }
        func time(_ time: Timestamp?) -> CBORValue { time.map { .integer($0.milliseconds) } ?? .null }
        return CBORValue.map([
            "id": .text(id), "name": .text(name), "role": .text(role.rawValue), "scopes": names(permit.scopes),
            "readScopes": names(permit.readScopes), "agent": permit.agent.map(CBORValue.text) ?? .null,
            "digest": .bytes(digest.bytes), "created": time(created), "expires": time(expires),
            "revoked": time(revoked), "used": time(used),
        ]).encoded()
    }

    init(decoding bytes: [UInt8]) throws {
        let value = try CBORValue(decoding: bytes)
        func names(_ key: String) -> Set<String>? { value[key]?.array.map { Set($0.compactMap(\.text)) } }
        func time(_ key: String) -> Timestamp? { value[key]?.integer.map(Timestamp.init(milliseconds:)) }
        guard let id = value["id"]?.text, let name = value["name"]?.text,
            let role = value["role"]?.text.flatMap(Caller.Role.init(rawValue:)),
            let digest = value["digest"]?.bytes.flatMap(Digest.init(bytes:)), let created = time("created")
        else { throw StoreError(.corrupt, "a token's record cannot be read", hint: "restore a backup") }
        let permit = Permit(
            scopes: names("scopes"), readScopes: names("readScopes") ?? [], agent: value["agent"]?.text)
        self.init(
            id: id, name: name, role: role, permit: permit, digest: digest, created: created,
            expires: time("expires"), revoked: time("revoked"), used: time("used"))
    }

    func save(in transaction: any StoreTransaction) throws {
        try transaction.local.set(encoded(), for: Array(id.utf8), in: Self.namespace)
    }

    func remove(in transaction: any StoreTransaction) throws {
        try transaction.local.set(nil, for: Array(id.utf8), in: Self.namespace)
    }

    static func all(in transaction: any StoreTransaction) throws -> [TokenRecord] {
        try transaction.local.values(in: namespace, after: nil, limit: .max).map { try TokenRecord(decoding: $0.value) }
    }
}
