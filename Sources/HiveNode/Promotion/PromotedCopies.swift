import HiveCore

/// The copies that a memory has in wider scopes, as far as they are here and prove that they are its copies: what a memory
/// says of its copies anybody may have written who may write there.
enum PromotedCopies {
    /// Empty where the source has lost the body that its copies are recognised by.
    static func of(_ source: DocumentState, in transaction: any StoreTransaction) throws -> [DocumentState] {
        let ids = (source[EngramField.promotions]?.elements ?? []).compactMap(\.text).compactMap(DocumentID.init(hex:))
        guard !ids.isEmpty, let made = try transaction.logs.operation(source.creation.dot) else { return [] }
        return try ids.flatMap { id in
            try transaction.documents.list(.prefix(id.hex)).filter { copy in
                let promotion = Promotion(of: source, made: made, to: copy.address.scope)
                return copy.shown(EngramField.promotionMark)?.inline?.bytes == promotion?.origin.bytes
                    && promotion != nil
            }
        }
    }
}
