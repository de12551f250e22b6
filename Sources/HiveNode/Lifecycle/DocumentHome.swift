import HiveCore

extension StoreTransaction {
    /// The node that looks after a document: the one that it moved to, or else the one that made it. Nil where the log that
    /// made it is not here.
    func home(of state: DocumentState) throws -> NodeID? {
        if let bytes = state.shown(ReservedField.home)?.inline?.bytes, let digest = Digest(bytes: bytes) {
            return NodeID(digest)
        }
        return try logs.row(state.creation.dot.log)?.descriptor.author.nodeID
    }
}
