/// What is looked up of episodes and skills.
extension Engram {
    /// Texts that a search finds an episode or a skill by, beside those of every memory.
    var storyTexts: [String] {
        if let episode = Episode(self) { return episode.events.map(\.text) }
        guard let skill = Skill(self) else { return [] }
        return [skill.trigger].compactMap(\.self) + skill.steps + skill.refinements.map(\.why)
    }

    /// What episodes and skills are filtered by, and what promotions are traced by.
    var storyFacets: [Facet] {
        var facets = promotions.map { Facet.promotion(to: $0) }
        if let episode = Episode(self) { facets.append(.outcome(episode.outcome)) }
        if kind == .procedural {
            facets += links.filter { $0.relation == Link.derivedFrom }.map { Facet.source($0.target) }
        }
        return facets
    }

    /// The copies of this memory in wider scopes, in the order of their identities.
    public var promotions: [DocumentID] {
        (state[EngramField.promotions]?.elements ?? []).compactMap { $0.text.flatMap(DocumentID.init(hex:)) }
    }

    /// Of a copy: what those who hold its source know it by, and what says nothing to others.
    public var promotionMark: [UInt8]? { state.shown(EngramField.promotionMark)?.inline?.bytes }
}

extension Engram.Link {
    /// The relation of a memory to those that it was made from.
    public static let derivedFrom = "derived_from"
}

extension Facet {
    /// The facet of episodes that ended so; nil for those that go on.
    public static func outcome(_ outcome: String?) -> Facet { Facet("outcome", outcome ?? "open") }
    /// The facet of skills that were made from a memory.
    public static func source(_ id: String) -> Facet { Facet("derived_from", id) }
    /// The facet of memories that were promoted to a copy.
    public static func promotion(to copy: DocumentID) -> Facet { Facet("promotion", copy.hex) }
}
