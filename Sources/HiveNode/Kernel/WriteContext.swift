import HiveCore
import HiveSync

/// What a write works with: the replica, the transaction, the time, and a record of what it changes.
struct WriteContext {
    var replica: Replica
    let transaction: any StoreTransaction
    let now: Timestamp
    var random = SystemRandomNumberGenerator()
    var grown: Set<LogID> = []
    var documents: Set<DocumentAddress> = []
    var blobs: Set<Digest> = []
    var law: Set<ScopeID> = []
    var rules = false
    var erased: Set<DocumentAddress> = []
    /// The first operation of each commit in each log.
    var beginnings: [Dot] = []
    var notes: [DocumentAddress: DocumentNote] = [:]
    /// The first document that was committed.
    var first: DocumentAddress?

    mutating func commit(_ drafts: [Draft]) throws -> CommitReceipt {
        try checkPermit(for: drafts)
        let receipt = try replica.commit(drafts, in: transaction, now: now, random: &random)
        take(receipt)
        return receipt
    }

    /// Remembers what a commit changed.
    mutating func take(_ receipt: CommitReceipt) {
        first = first ?? receipt.states.first?.address
        grown.formUnion(receipt.logs)
        law.formUnion(receipt.lawChanged)
        for log in receipt.logs.sorted() { beginnings += receipt.dots.first { $0.log == log }.map { [$0] } ?? [] }
        for state in receipt.states { note(state) }
    }

    /// Writes what a node does by itself; passes over what it may not write any more, so that one scope that it lost does not
    /// hold up the others.
    mutating func commitWhereAllowed(_ draft: Draft) throws {
        do { try transaction.savepoint { _ = try commit([draft]) } } catch let error as ReplicaError
            where error.code == .notPermitted
        { return }
    }

    mutating func ingest(_ range: LogRange, verifier: any Verifying) throws -> IngestReceipt {
        let receipt = try replica.ingest(range, in: transaction, verifier: verifier, now: now)
        if receipt.stored > 0 { grown.insert(range.descriptor.id) }
        law.formUnion(receipt.lawChanged)
        if receipt.mustReincarnate { try NodeOpening.reincarnate(&self) }
        for scope in receipt.lawChanged.sorted() { try issueAnew(in: scope) }
        for address in receipt.documents {
            documents.insert(address)
            if let state = try transaction.documents.state(address) { note(state) }
        }
        return receipt
    }

    mutating func ingest(blob bytes: [UInt8], at address: SyncMessage.BlobAddress) throws {
        guard try replica.ingestBlob(bytes, hash: address.hash, in: transaction) else { return }
        blobs.insert(address.hash)
        documents.insert(address.document)
        if let state = try transaction.documents.state(address.document) { note(state) }
    }

    private mutating func note(_ state: DocumentState) {
        documents.insert(state.address)
        let note = DocumentNote(state)
        notes[state.address] = notes[state.address]?.followed(by: note) ?? note
        if state.isErased { erased.insert(state.address) }
        // Also of scopes whose law nobody had asked about, which the replica does not know of.
        if [.grant, .revocation, .scopeFounding].contains(state.kind) { law.insert(state.address.scope) }
        if state.kind == .rule || state.kind == .setManifest { rules = true }
    }
}
