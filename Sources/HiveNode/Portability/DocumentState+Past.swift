import HiveCore

extension StoreTransaction {
    /// A document as it was when no more than `version` had been written; nil where it was not there yet, or its bytes
    /// have gone since.
    func state(_ present: DocumentState, asOf version: VersionVector) throws -> DocumentState? {
        if version.covers(present.version) { return present }
        let operations = try logs.operations(.document(present.address)).filter {
            version.contains($0.dot) && present.version.contains($0.dot)
        }
        return DocumentState.merge(all: operations, at: present.address)
    }
}
