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
        self.key = Array([caller.owner, kind, key].compactMap(\.self).joined(separator: "/").utf8)
        digest =
            target.map { Digest.sha256(domain: "hive/1/request", Array($0.utf8), request.bytes) }
            ?? Digest.sha256(domain: "hive/1/request", request.bytes)
    }

    private init(_ key: WriteKey) {
        self.key = Array("\(key.owner)/request/\(key.key)".utf8)
        digest = Digest.sha256(domain: "hive/1/request", key.request)
    }

    /// Does what is to be done for the request under way, and keeps its key in the same transaction. Throws
    /// `already_done` where an earlier request with that key was written, `erased` where that was erased since.
    static func once<Result>(
        _ key: WriteKey?, _ context: inout WriteContext, _ work: (inout WriteContext) throws -> Result
    ) throws -> Result {
        guard let key, !key.isKept else { return try work(&context) }
        let request = RepeatedRequest(key)
        if try context.transaction.local.value(request.key, in: namespace) != nil {
            key.foundEarlier(try request.earlier(in: context.transaction)?.address.document.description)
            throw HiveError(
                .alreadyDone, "this request was made before, and what it asked for was done",
                hint: "its answer is not kept any more; read how things stand, or take a new key")
        }
        let result = try work(&context)
        try request.keep(context.first, in: context.transaction)
        key.keep()
        return result
    }

    /// What the earlier request wrote; nil where this is the first. Throws `key_reused` where that was another request,
    /// `erased` where what it wrote is gone for good.
    func earlier(in transaction: any StoreTransaction) throws -> DocumentState? {
        guard let bytes = try transaction.local.value(key, in: Self.namespace), bytes.count == 80 else { return nil }
        guard Array(bytes[48...]) == digest.bytes else {
            throw HiveError(
                .keyReused, "the idempotency key was used for another request", hint: "take a new key for each request")
        }
        guard let scope = Digest(bytes: bytes[..<32]), let document = DocumentID(bytes: bytes[32..<48]) else {
            return nil
        }
        let state = try transaction.documents.state(DocumentAddress(scope: ScopeID(scope), document: document))
        guard state?.isErased != true else {
            throw HiveError(.erased, "what this request wrote was erased", hint: "take a new key to write it again")
        }
        return state
    }

    /// Keeps the key with what was written under it; nil for what is no document.
    func keep(_ address: DocumentAddress?, in transaction: any StoreTransaction) throws {
        let place = address.map { $0.scope.digest.bytes + $0.document.bytes } ?? [UInt8](repeating: 0, count: 48)
        try transaction.local.set(place + digest.bytes, for: key, in: Self.namespace)
    }
}

extension Node {
    /// Whether a request was not made before under its key. One that was is answered as it was then: what the law and the
    /// roster say by now does not undo what was written.
    func isFirst(_ request: RepeatedRequest?) throws -> Bool {
        guard let request else { return true }
        return try kernel.consult { try request.earlier(in: $1) } == nil
    }
}
