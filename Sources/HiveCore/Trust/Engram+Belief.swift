/// What a memory claims, and what it rests on.
extension Engram {
    /// The fields that make the claim: others may change without anybody believing more or less.
    public static let claim = [
        EngramField.content, EngramField.subject, EngramField.relation, EngramField.object, EngramField.confidence,
        EngramField.status,
    ]

    /// The relations of links that name what a memory was made from.
    public static let lineageRelations: Set<String> = [
        "derived_from", "derivedFrom", "promoted_from", "imported_from", "summarises", "summarizes",
    ]

    private var claimSiblings: [Sibling] { Self.claim.compactMap { state.shown($0) } }

    /// When what it claims was last written.
    public var stated: Timestamp {
        let latest = claimSiblings.map(\.stamp).max() ?? state.creation.stamp
        return Timestamp(milliseconds: Int64(latest.milliseconds))
    }

    /// Whether concurrent writes disagree about what it claims.
    public var isClaimContested: Bool {
        let contested = Set(state.contestedFields.map(\.id))
        return !contested.isDisjoint(with: Self.claim.map(FieldID.number))
    }

    /// The writes that made the claim, each once: the operation and the agent that it names.
    public var claimants: [(dot: Dot, agent: String?)] {
        var seen: Set<Dot> = []
        return claimSiblings.filter { seen.insert($0.dot).inserted }.map { (dot: $0.dot, agent: $0.agent) }
    }

    /// The ids of the memories that it was made from, as they were written.
    public var sources: [String] {
        let linked = links.filter { Self.lineageRelations.contains($0.relation) }.map(\.target)
        return Array(Set(linked + [derivedFrom].compactMap(\.self))).sorted()
    }

    /// What readers hold of it, in the order in which they said so.
    /// - Parameter author: the node that writes a log.
    public func assessments(author: (LogID) throws -> NodeID?) rethrows -> [Assessment] {
        guard case .list(let entries)? = state[EngramField.assessments] else { return [] }
        return try entries.compactMap { entry in
            try author(entry.dot.log).flatMap { Assessment(entry, node: $0) }
        }
    }

    public var isRetracted: Bool { status == EpistemicStatus.retracted.rawValue }

    /// Why it was taken back; nil where it was not, or without a word.
    public var retraction: Retraction? {
        guard isRetracted else { return nil }
        return state.shown(EngramField.retraction)?.inline.flatMap(Retraction.init)
    }

    public var isSingleValued: Bool { state.shown(EngramField.singleValued)?.inline == .bool(true) }

    /// What the belief is about: equal where two beliefs have the same subject and the same relation, however they are
    /// capitalised and spaced. Nil for what is no belief.
    public var beliefKey: String? {
        guard kind == .semantic, let subject, let relation, object != nil else { return nil }
        return Self.beliefKey(subject: subject, relation: relation)
    }

    /// The object without white space around it.
    public var claimedObject: String? {
        object.map { text in
            let start = text.drop(while: \.isWhitespace)
            return String(start.prefix(start.count - start.reversed().prefix(while: \.isWhitespace).count))
        }
    }

    public static func beliefKey(subject: String, relation: String) -> String {
        let parts = [subject, relation].map { text in
            text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return parts.joined(separator: "\u{1F}")
    }

    /// The facets that beliefs about one thing, and beliefs that can contradict others, are found by.
    var beliefFacets: [Facet] {
        guard let beliefKey else { return [] }
        return [Self.anyBeliefFacet, Facet(Self.beliefFacet, beliefKey)]
            + (isSingleValued ? [Self.singleValuedFacet] : [])
    }

    public static let beliefFacet = "belief"
    public static let anyBeliefFacet = Facet("is", "belief")
    public static let singleValuedFacet = Facet("singleValued", "true")
    public static let retractedFacet = Facet("status", EpistemicStatus.retracted.rawValue)
}
