/// What the network is like at the moment.
struct Weather {
    /// One direction between two nodes.
    struct Link: Hashable {
        let from: Int
        let to: Int
    }

    /// Links on which nothing travels.
    var blocked: Set<Link> = []
    /// Links that hold messages back until a time.
    var clogged: [Link: Int64] = [:]
    /// Links that come and go, with how long they stay either way.
    var flapping: [Link: Int64] = [:]
    /// Milliseconds by which all that a node sends is late.
    var slow: [Int: Int64] = [:]

    func lets(_ link: Link, at now: Int64) -> Bool {
        guard !blocked.contains(link) else { return false }
        return flapping[link].map { (now / $0).isMultiple(of: 2) } ?? true
    }

    /// When a message that would arrive at a time does arrive.
    func arrival(of time: Int64, on link: Link) -> Int64 { max(time + (slow[link.from] ?? 0), clogged[link] ?? 0) }

    /// Blocks what lies between groups, in both directions; nodes in several groups reach all of those.
    mutating func divide(_ nodes: Range<Int>, into groups: [Set<Int>]) {
        for from in nodes {
            for to in nodes where from != to && !groups.contains(where: { $0.contains(from) && $0.contains(to) }) {
                blocked.insert(Link(from: from, to: to))
            }
        }
    }
}
