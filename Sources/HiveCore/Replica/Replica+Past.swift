/// Documents as they were.
extension Replica {
    /// The operations that a document is merged from, in order of their stamps, then dots.
    public mutating func operations(
        on address: DocumentAddress, in transaction: any StoreTransaction
    ) throws -> [Operation] {
        var projector = Projector(
            transaction: transaction, authority: try authority(of: address.scope, in: transaction), defences: defences)
        return try projector.visible(address).sorted { ($0.header.stamp, $0.dot) < ($1.header.stamp, $1.dot) }
    }

    /// A document as it was at a time: the merge of what was stamped up to then. Nil where nothing was.
    ///
    /// An operation's stamp is greater than the stamps of all that it saw, so what is merged is whole. Of a document that
    /// was erased since, no byte is shown: what was written then counts as gone, whether it is still on disk or not.
    public mutating func state(
        of address: DocumentAddress, at time: Timestamp, in transaction: any StoreTransaction
    ) throws -> DocumentState? {
        let last = Stamp(milliseconds: UInt64(max(0, time.milliseconds)), counter: .max)
        let all = try operations(on: address, in: transaction)
        let isErased = all.contains(where: \.header.isErasure)
        let known = all.filter { $0.header.stamp <= last }.map { operation in
            isErased && !operation.header.isErasure
                ? Operation(header: operation.header, headerBytes: operation.headerBytes, body: nil) : operation
        }
        return DocumentState.merge(all: known, at: address)
    }
}
