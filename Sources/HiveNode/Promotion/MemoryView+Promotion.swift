import HiveAPI
import HiveCore

extension MemoryView {
    /// Nil for memories that were not promoted and are no copies.
    func promotion(_ engram: Engram) throws -> PromotionTrace? {
        let copies = engram.promotions
        let origin = engram.promotionMark
        guard !copies.isEmpty || origin != nil else { return nil }
        return PromotionTrace(
            copies: try copies.map { copy in
                let held = try transaction.documents.list(.prefix(copy.hex)).map(\.address.scope)
                    .first(where: lookup.scopes.contains)
                return PromotionTrace.Place(id: copy.hex, scope: held.map(lookup.name(of:)))
            },
            reference: origin.map(Base64URL.encode),
            original: origin == nil ? nil : try original(of: engram.state.address.document))
    }

    /// The original of a copy, found by what it says about its copies; only where this node holds it.
    private func original(of copy: DocumentID) throws -> PromotionTrace.Place? {
        var query = SearchQuery(limit: 1)
        query.scopes = lookup.scopes
        query.facets = [.promotion(to: copy)]
        let found = try transaction.index.search(query).first?.address
        guard let source = try found ?? PromotionRecord.source(of: copy, in: transaction),
            lookup.scopes.contains(source.scope), try transaction.documents.state(source) != nil
        else { return nil }
        return PromotionTrace.Place(id: source.document.hex, scope: lookup.name(of: source.scope))
    }
}
