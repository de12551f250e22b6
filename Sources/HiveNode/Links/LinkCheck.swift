import HiveAPI
import HiveCore

/// What is asked of links before they are written.
struct LinkCheck {
    let graph: LinkGraph
    /// Relations whose links must not run in a circle, folded.
    private let acyclic: Set<String>

    init(graph: LinkGraph, acyclic: [String]) {
        self.graph = graph
        self.acyclic = Set(acyclic.map(Engram.Link.folded))
    }

    /// Links with the whole ids of their targets, where those are here. What is not here is taken as it is: an import
    /// may bring a link before its target.
    func resolved(_ links: [MemoryLink]) throws -> [MemoryLink] {
        try links.map { link in
            let digits = link.target.lowercased()
            guard DocumentID(hex: digits) == nil else { return MemoryLink(relation: link.relation, target: digits) }
            guard (4..<32).contains(digits.count), digits.allSatisfy(\.isHexDigit) else { return link }
            let found = try graph.view.transaction.documents.list(.prefix(digits)).filter {
                EngramKind($0.kind) != nil && graph.view.lookup.scopes.contains($0.address.scope)
            }
            guard found.count == 1 else { return link }
            return MemoryLink(relation: link.relation, target: found[0].address.document.description)
        }
    }

    /// Throws `invalid_input` where a link would lead from a memory to itself, or close a circle that must not be.
    func refuseCircles(from id: String, _ links: [MemoryLink]) throws {
        for link in links {
            guard link.target != id else {
                throw HiveError(
                    .invalidInput, "`\(DocumentState.short(id))` cannot be linked to itself",
                    hint: "name another memory")
            }
            let relation = Engram.Link.folded(link.relation)
            guard acyclic.contains(relation), let way = try graph.path(from: link.target, to: id, relation: relation)
            else { continue }
            let circle = ([id] + way).map(DocumentState.short).joined(separator: " → ")
            throw HiveError(
                .invalidInput, "links `\(link.relation)` must not run in a circle, and this one would: \(circle)",
                hint: "take one of the others away first: hivectl memory unlink FROM \(link.relation) TO")
        }
    }
}

extension DocumentState {
    /// The beginning of an id, for people.
    fileprivate static func short(_ id: String) -> String { String(id.prefix(8)) }
}
