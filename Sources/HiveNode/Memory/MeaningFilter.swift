import HiveCore

/// What filters need to know of a memory among vectors, small enough to lie beside each of them.
///
/// Texts are kept as hashes: two that fall together let a memory pass that the store then holds against the filter itself.
struct MeaningFilter: Sendable {
    private let kind: DocumentKind
    private let scope: ScopeID
    private let updated: Timestamp
    private let began: Timestamp
    private let expires: Timestamp
    /// Less than 0 where there is none.
    private let confidence: Double
    /// A bit for each of the terms, so that most memories need no second look.
    private let mask: UInt64
    /// Hashes of category, agent and facets.
    private let terms: [UInt64]

    init(_ entry: IndexEntry) {
        kind = entry.kind
        scope = entry.address.scope
        updated = entry.updated
        began = entry.began
        expires = entry.expires ?? Timestamp(milliseconds: .max)
        confidence = entry.confidence ?? -1
        terms = Term.all(entry.facets, entry.category, entry.agent)
        mask = Term.mask(terms)
    }

    /// A query, ready to be held against many.
    struct Question {
        private let kinds: [DocumentKind]?
        private let scopes: [ScopeID]?
        private let since: Timestamp
        private let until: Timestamp
        private let now: Timestamp?
        private let confidence: Double
        private let required: [UInt64]
        private let requiredMask: UInt64
        private let excluded: [UInt64]
        private let excludedMask: UInt64

        init(_ query: SearchQuery) {
            kinds = query.kinds
            scopes = query.scopes
            since = query.since ?? Timestamp(milliseconds: .min)
            until = query.until ?? Timestamp(milliseconds: .max)
            now = query.now
            confidence = query.minimumConfidence ?? -1
            required = Term.all(query.facets, query.category, query.agent)
            requiredMask = Term.mask(required)
            excluded = query.excluded.map(Term.facet)
            excludedMask = Term.mask(excluded)
        }

        func admits(_ memory: MeaningFilter) -> Bool {
            guard memory.mask & requiredMask == requiredMask, memory.updated >= since, memory.began < until,
                memory.confidence >= confidence
            else { return false }
            if let now, memory.expires <= now { return false }
            if let kinds, !kinds.contains(memory.kind) { return false }
            if let scopes, !scopes.contains(memory.scope) { return false }
            if !required.isEmpty, !required.allSatisfy(memory.terms.contains) { return false }
            return memory.mask & excludedMask == 0 || !excluded.contains(where: memory.terms.contains)
        }
    }

    /// Hashes of what filters compare by being equal. They are this process's own and go nowhere else.
    private enum Term {
        static func facet(_ facet: Facet) -> UInt64 { hash(0, facet.name, facet.value) }

        static func all(_ facets: [Facet], _ category: String?, _ agent: String?) -> [UInt64] {
            facets.map(facet) + [category.map { hash(1, $0, "") }, agent.map { hash(2, $0, "") }].compactMap(\.self)
        }

        static func mask(_ terms: [UInt64]) -> UInt64 { terms.reduce(0) { $0 | 1 << ($1 & 63) } }

        private static func hash(_ kind: UInt8, _ first: String, _ second: String) -> UInt64 {
            var hasher = Hasher()
            hasher.combine(kind)
            hasher.combine(first)
            hasher.combine(second)
            return UInt64(bitPattern: Int64(hasher.finalize()))
        }
    }
}
