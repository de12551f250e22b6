import HiveAPI
import HiveCore

/// Recognises a request that is made again under the same key. What it wrote is kept under the key, in the transaction
/// that wrote it: scope, document and the request's digest.
struct RepeatedRequest: Sendable {
    private static let namespace = "idempotency"

    private let key: [UInt8]
    private let digest: Digest

    /// Nil where the caller gave no key. `kind` tells requests of different kinds apart that have one key, `target` those that
    /// say the same about different things.
    init?(
        _ key: String?, _ request: JSONValue, kind: String? = nil, about target: String? = nil, as caller: Caller
    ) {
        guard let key else { return nil }
        self.key = Array([caller.role.rawValue, kind, key].compactMap(\.self).joined(separator: "/").utf8)
        digest =
            target.map { Digest.sha256(domain: "hive/1/request", Array($0.utf8), request.bytes) }
            ?? Digest.sha256(domain: "hive/1/request", request.bytes)
    }

    /// What the earlier request wrote; nil where this is the first. Throws `key_reused` where that was another request.
    func earlier(in transaction: any StoreTransaction) throws -> DocumentState? {
        guard let bytes = try transaction.local.value(key, in: Self.namespace), bytes.count == 80 else { return nil }
        guard Array(bytes[48...]) == digest.bytes else {
            throw HiveError(
                .keyReused, "the idempotency key was used for another request", hint: "take a new key for each request")
        }
        guard let scope = Digest(bytes: bytes[..<32]), let document = DocumentID(bytes: bytes[32..<48]) else {
            return nil
        }
        return try transaction.documents.state(DocumentAddress(scope: ScopeID(scope), document: document))
    }

    func keep(_ address: DocumentAddress, in transaction: any StoreTransaction) throws {
        try transaction.local.set(
            address.scope.digest.bytes + address.document.bytes + digest.bytes, for: key, in: Self.namespace)
    }
}
