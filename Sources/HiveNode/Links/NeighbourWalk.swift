import HiveAPI
import HiveCore

/// Looks around a memory along its links, breadth first. Each memory is visited once, so that circles end.
struct NeighbourWalk {
    private let query: NeighbourQuery
    private let graph: LinkGraph
    private let relation: String?
    private let center: String
    private var items: [Neighbour] = []
    private var links: [NeighbourLink] = []
    private var knownLinks: Set<NeighbourLink> = []
    private var visited: Set<String>
    private var queue: [(engram: Engram, distance: Int)]
    private var isTruncated = false

    /// So many links are told for each memory that may be found.
    private static let linksPerMemory = 8
    private static let excerptTokens = 48

    init(_ query: NeighbourQuery, around state: DocumentState, in graph: LinkGraph) throws {
        self.query = query
        self.graph = graph
        relation = query.relation.map(Engram.Link.folded)
        center = state.address.document.description
        visited = [center]
        queue = try graph.view.engram(state).map { [(engram: $0, distance: 0)] } ?? []
    }

    mutating func run() throws -> Neighbourhood {
        var next = 0
        while next < queue.count {
            let (engram, distance) = queue[next]
            next += 1
            guard distance < query.depth else { continue }
            if query.direction != .in { try followOut(engram, distance + 1) }
            if query.direction != .out { try followIn(engram, distance + 1) }
        }
        return Neighbourhood(id: center, depth: query.depth, items: items, links: links, truncated: isTruncated)
    }

    private mutating func followOut(_ engram: Engram, _ distance: Int) throws {
        let id = engram.state.address.document.description
        for link in graph.outgoing(engram, relation: relation) {
            guard take(NeighbourLink(from: id, relation: link.relation, to: link.target), leadsTo: link.target) else {
                continue
            }
            guard visited.insert(link.target).inserted else { continue }
            switch try graph.end(link.target) {
            case .memory(let state, let engram): add(state, engram, distance)
            case .closed(let status, _):
                items.append(Neighbour(id: link.target, distance: distance, status: status))
            }
        }
    }

    private mutating func followIn(_ engram: Engram, _ distance: Int) throws {
        let id = engram.state.address.document.description
        // Those that are known already may be among them.
        let limit = query.limit + visited.count + 1
        let sources = try graph.incoming(to: id, relation: relation, limit: limit)
        if sources.count == limit { isTruncated = true }
        for (state, source) in sources {
            let from = state.address.document.description
            for link in graph.outgoing(source, relation: relation) where link.target == id {
                guard take(NeighbourLink(from: from, relation: link.relation, to: id), leadsTo: from) else { continue }
                if visited.insert(from).inserted { add(state, source, distance) }
            }
        }
    }

    /// Notes a link; false where there is no room for it or for the memory that it leads to.
    private mutating func take(_ link: NeighbourLink, leadsTo id: String) -> Bool {
        let isNew = !visited.contains(id)
        guard links.count < query.limit * Self.linksPerMemory, !isNew || items.count < query.limit else {
            isTruncated = true
            return false
        }
        if knownLinks.insert(link).inserted { links.append(link) }
        return true
    }

    private mutating func add(_ state: DocumentState, _ engram: Engram, _ distance: Int) {
        items.append(
            Neighbour(
                id: state.address.document.description, distance: distance, status: .present,
                kind: engram.kind.rawValue, scope: graph.view.lookup.name(of: state.address.scope),
                category: engram.category, excerpt: engram.excerpt(tokens: Self.excerptTokens),
                updatedAt: engram.updated.rfc3339))
        queue.append((engram, distance))
    }
}
