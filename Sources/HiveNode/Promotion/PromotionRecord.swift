import HiveCore

/// What this node promoted, for itself: a copy leads to its original even after that was forgotten.
enum PromotionRecord {
    private static let namespace = "promotions"

    static func save(_ source: DocumentAddress, of copy: DocumentAddress, in transaction: any StoreTransaction) throws {
        try transaction.local.set(
            source.scope.digest.bytes + source.document.bytes, for: copy.document.bytes, in: namespace)
    }

    /// The original of a copy; nil where this node did not promote it.
    static func source(of copy: DocumentID, in transaction: any StoreTransaction) throws -> DocumentAddress? {
        guard let bytes = try transaction.local.value(copy.bytes, in: namespace), bytes.count == 48,
            let scope = Digest(bytes: bytes[..<32]), let document = DocumentID(bytes: bytes[32...])
        else { return nil }
        return DocumentAddress(scope: ScopeID(scope), document: document)
    }
}
