extension Engram {
    /// What an instant memory was given as its end when it left the working set of its agent, 0 where it kept its own;
    /// nil where it has not left.
    public var evicted: Int64? { state.shown(EngramField.evicted)?.inline?.integer }

    /// Whether the end that it has was given to it when it left a working set.
    public var endsByEviction: Bool { evicted != nil && expires?.milliseconds == evicted }

    /// The working set that it is in without having been looked at; nil for any but instant memories that have not
    /// left.
    public var workingSet: String? {
        kind == .instant && evicted == nil ? state.creation.agent ?? WorkingSet.nobody : nil
    }

    /// By which working sets find what belongs to them.
    var workingFacets: [Facet] { workingSet.map { [.workingSet($0), .inWorkingSets] } ?? [] }

    /// By which links are found from their ends.
    var linkFacets: [Facet] {
        links.flatMap { [Facet.link(to: $0.target), Facet.link(to: $0.target, relation: $0.relation)] }
    }
}

extension WorkingSet {
    /// Whose set it is where nobody said who.
    public static let nobody = "default"
}

extension Facet {
    /// What every instant memory has that is in its agent's working set by itself.
    public static let inWorkingSets = Facet("working", "")
    public static func workingSet(_ agent: String) -> Facet { Facet("working-set", agent) }

    /// What every memory has that links to another one, by its id; with a relation, by links of that relation.
    public static func link(to target: String, relation: String? = nil) -> Facet {
        relation.map { Facet("link." + Engram.Link.folded($0), target) } ?? Facet("link", target)
    }
}

extension Engram.Link {
    /// `Part-of` and `part_of` are one relation: compared are small letters, and `_` for `-`.
    public static func folded(_ relation: String) -> String {
        String(relation.lowercased().map { $0 == "-" ? "_" : $0 })
    }
}
