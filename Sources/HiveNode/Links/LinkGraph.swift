import HiveAPI
import HiveCore

/// The links between the memories that this node holds and may read.
public struct LinkGraph {
    /// Relations whose links must not run in a circle, unless the operator says otherwise.
    public static let acyclicRelations = [
        "caused_by", "causes", "depends_on", "derived_from", "follows", "part_of", "replaces", "summarises",
        "supersedes",
    ]
    let view: MemoryView
    let now: Timestamp
    /// How many memories are looked at for a circle before the link is refused.
    let mostVisited: Int

    init(view: MemoryView, now: Timestamp, mostVisited: Int = 10_000) {
        self.view = view
        self.now = now
        self.mostVisited = mostVisited
    }

    /// What there is behind a link.
    enum End {
        case memory(DocumentState, Engram)
        case closed(Neighbour.Status, DocumentState?)
    }

    /// What a link's target is. Nothing is told of scopes that this node does not hold.
    func end(_ target: String) throws -> End {
        guard let id = DocumentID(hex: target) else { return .closed(.unavailable, nil) }
        let found = try view.transaction.documents.list(.prefix(id.hex)).filter {
            $0.address.document == id && view.lookup.scopes.contains($0.address.scope)
        }
        var closed: End = .closed(.unavailable, nil)
        for state in found {
            guard let engram = try view.engram(state) else { continue }
            if state.isErased {
                closed = .closed(.erased, nil)
            } else if state.isForgotten {
                closed = .closed(.forgotten, state)
            } else if let expires = engram.expires, expires <= now {
                closed = .closed(.expired, state)
            } else {
                return .memory(state, engram)
            }
        }
        return closed
    }

    /// The links that leave a memory, of one relation or of all, in order.
    func outgoing(_ engram: Engram, relation: String?) -> [Engram.Link] {
        engram.links.filter { link in relation.map { Engram.Link.folded(link.relation) == $0 } ?? true }
            .sorted { ($0.relation, $0.target) < ($1.relation, $1.target) }
    }

    /// The memories that link to one, at most `limit`, the last changed first.
    func incoming(to id: String, relation: String?, limit: Int) throws -> [(state: DocumentState, engram: Engram)] {
        var query = SearchQuery(limit: limit)
        query.scopes = view.lookup.scopes
        query.facets = [.link(to: id, relation: relation)]
        query.now = now
        return try view.transaction.index.search(query).compactMap { hit in
            guard let state = try view.transaction.documents.state(hit.address), let engram = try view.engram(state)
            else { return nil }
            return (state, engram)
        }
    }

    // MARK: Circles

    /// The way from one memory to another along links of a relation, both ends included; nil where there is none.
    /// Forgotten memories are on the way too, since an update brings them back.
    func path(from start: String, to goal: String, relation: String) throws -> [String]? {
        var cameFrom: [String: String] = [start: start]
        var queue = [start]
        var next = 0
        while next < queue.count {
            let id = queue[next]
            next += 1
            if id == goal { return way(to: goal, from: start, cameFrom) }
            guard queue.count <= mostVisited else {
                throw HiveError(
                    .tooLarge, "more than \(mostVisited) memories would have to be looked at for a circle",
                    hint: "link nearer to the end of the chain")
            }
            guard let engram = try walkable(id) else { continue }
            for link in outgoing(engram, relation: relation) where cameFrom[link.target] == nil {
                cameFrom[link.target] = id
                queue.append(link.target)
            }
        }
        return nil
    }

    private func walkable(_ id: String) throws -> Engram? {
        switch try end(id) {
        case .memory(_, let engram): engram
        case .closed(_, let state?): try view.engram(state)
        case .closed: nil
        }
    }

    private func way(to goal: String, from start: String, _ cameFrom: [String: String]) -> [String] {
        var way = [goal]
        while let last = way.last, last != start, let before = cameFrom[last] { way.append(before) }
        return way.reversed()
    }
}
