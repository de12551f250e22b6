/// Values over 64 KiB, which lie beside the log and follow it.
extension Replica {
    /// The blobs that documents refer to and that are not here yet, in the order of their hashes, with the document
    /// that refers to each.
    public func missingBlobs(
        after hash: Digest?, limit: Int, in transaction: any StoreTransaction
    ) throws -> [(hash: Digest, document: DocumentAddress)] {
        try transaction.local.values(in: LocalNamespace.wantedBlobs, after: hash?.bytes, limit: limit).map { entry in
            let wanted = try WantedBlob(decoding: entry.value)
            return (wanted.reference.hash, wanted.address)
        }
    }

    /// How many blobs are not here yet.
    public func missingBlobCount(in transaction: any StoreTransaction) throws -> Int {
        try transaction.local.count(in: LocalNamespace.wantedBlobs)
    }

    /// A blob, with the scope whose members may have it.
    public func blob(_ hash: Digest, in transaction: any StoreTransaction) throws -> [UInt8]? {
        try transaction.local.value(hash.bytes, in: LocalNamespace.blobs)
    }

    /// Stores a blob that was wanted and indexes what refers to it. False where nobody wants it or where it is not
    /// what the reference commits to.
    public func ingestBlob(
        _ bytes: [UInt8], hash: Digest, in transaction: any StoreTransaction
    ) throws -> Bool {
        guard let value = try transaction.local.value(hash.bytes, in: LocalNamespace.wantedBlobs) else { return false }
        let wanted = try WantedBlob(decoding: value)
        guard wanted.reference.hash == hash, wanted.reference.matches(bytes) else { return false }
        try transaction.local.set(bytes, for: hash.bytes, in: LocalNamespace.blobs)
        try transaction.local.set(nil, for: hash.bytes, in: LocalNamespace.wantedBlobs)
        if let state = try transaction.documents.state(wanted.address) { try transaction.reindex(state) }
        return true
    }

    /// Whether a blob is referred to in a scope, so that a holder of the scope may have it.
    public func isBlob(_ hash: Digest, of document: DocumentAddress, in transaction: any StoreTransaction) throws
        -> Bool
    {
        try transaction.logs.operations(.document(document)).contains { operation in
            operation.decodedBody?.changes.contains { change in
                guard case .setBlob(let reference) = change.change else { return false }
                return reference.hash == hash
            } ?? false
        }
    }

    func noteBlobs(of operation: Operation, scope: ScopeID, in transaction: any StoreTransaction) throws {
        for change in operation.decodedBody?.changes ?? [] {
            guard case .setBlob(let reference) = change.change,
                try transaction.local.value(reference.hash.bytes, in: LocalNamespace.blobs) == nil
            else { continue }
            let address = DocumentAddress(scope: scope, document: operation.header.document)
            try transaction.local.set(
                WantedBlob(reference: reference, address: address).encoded(), for: reference.hash.bytes,
                in: LocalNamespace.wantedBlobs)
        }
    }
}

/// A reference whose blob has not arrived.
struct WantedBlob {
    let reference: BlobReference
    let address: DocumentAddress

    init(reference: BlobReference, address: DocumentAddress) {
        self.reference = reference
        self.address = address
    }

    func encoded() -> [UInt8] {
        var encoder = CBOREncoder()
        encoder.beginArray(count: 3)
        reference.encode(into: &encoder)
        encoder.encode(digest: address.scope.digest)
        encoder.encode(bytes: address.document.bytes)
        return encoder.bytes
    }

    init(decoding bytes: [UInt8]) throws(CBORError) {
        var decoder = CBORDecoder(bytes)
        try decoder.expectArray(count: 3)
        reference = try BlobReference(from: &decoder)
        let scope = ScopeID(try decoder.decodeDigest())
        guard let document = DocumentID(bytes: try decoder.decodeBytes()) else {
            throw .unexpected("a document's identity has 16 bytes")
        }
        address = DocumentAddress(scope: scope, document: document)
        try decoder.finish()
    }
}
