/// A radix tree over bytes: finds all keys that a text begins with in one walk, whatever their number.
struct ByteTrie: Sendable {
    /// Labels, values and children are ranges of the arrays below, so that a walk copies nothing.
    private struct Node: Sendable {
        var label: Range<Int>
        var values: Range<Int> = 0..<0
        var children: Range<Int> = 0..<0
    }

    private var nodes: [Node] = []
    /// The first byte of each node's label, by which a walk chooses among children.
    private var heads: [UInt8] = []
    private var labels: [UInt8] = []
    private var values: [Int] = []

    init(_ keys: [(key: [UInt8], value: Int)]) {
        let sorted = keys.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        append(Node(label: 0..<0), head: 0)
        var pending = [(place: 0, keys: sorted[...], depth: 0)]
        var next = 0
        while next < pending.count {
            let (place, keys, depth) = pending[next]
            next += 1
            pending += fill(place, keys, depth)
        }
    }

    private mutating func append(_ node: Node, head: UInt8) {
        nodes.append(node)
        heads.append(head)
    }

    /// Gives a node its values, which are those of keys that end at its depth, and a child for each byte that follows.
    private mutating func fill(
        _ place: Int, _ keys: ArraySlice<(key: [UInt8], value: Int)>, _ depth: Int
    ) -> [(place: Int, keys: ArraySlice<(key: [UInt8], value: Int)>, depth: Int)] {
        let ended = keys.prefix { $0.key.count == depth }
        nodes[place].values = values.count..<(values.count + ended.count)
        values += ended.map(\.value)
        var rest = keys.dropFirst(ended.count)
        let firstChild = nodes.count
        var filled: [(place: Int, keys: ArraySlice<(key: [UInt8], value: Int)>, depth: Int)] = []
        while let first = rest.first?.key {
            let group = rest.prefix { $0.key[depth] == first[depth] }
            // What the first and the last of sorted keys have in common, all have.
            let last = group.last?.key ?? first
            let common = zip(first, last).prefix { $0 == $1 }.count
            let label = labels.count..<(labels.count + common - depth)
            labels += first[depth..<common]
            filled.append((nodes.count, group, common))
            append(Node(label: label), head: first[depth])
            rest = rest.dropFirst(group.count)
        }
        nodes[place].children = firstChild..<nodes.count
        return filled
    }

    /// Calls `found` with the value of every key that the text begins with.
    func walk(_ text: some Sequence<UInt8>, _ found: (Int) -> Void) {
        var iterator = text.makeIterator()
        var place = 0
        while true {
            let node = nodes[place]
            for index in node.values { found(values[index]) }
            guard let byte = iterator.next(), let child = node.children.first(where: { heads[$0] == byte })
            else { return }
            for index in nodes[child].label.dropFirst() where iterator.next() != labels[index] { return }
            place = child
        }
    }
}
