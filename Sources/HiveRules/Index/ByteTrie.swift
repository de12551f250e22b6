/// A radix tree over bytes: finds all keys that a text begins with in one walk, whatever their number.
struct ByteTrie: Sendable {
    private struct Node: Sendable {
        var label: [UInt8]
        var children: [Int] = []
        var values: [Int] = []
    }

    private var nodes = [Node(label: [])]

    mutating func insert(_ key: some Sequence<UInt8>, _ value: Int) {
        var rest = Array(key)[...]
        var place = 0
        while !rest.isEmpty {
            guard let branch = nodes[place].children.firstIndex(where: { nodes[$0].label[0] == rest.first }) else {
                nodes.append(Node(label: Array(rest), values: [value]))
                nodes[place].children.append(nodes.count - 1)
                return
            }
            let child = nodes[place].children[branch]
            let common = zip(nodes[child].label, rest).prefix { $0 == $1 }.count
            if common < nodes[child].label.count { split(child, at: common) }
            rest = rest.dropFirst(common)
            place = child
        }
        nodes[place].values.append(value)
    }

    /// The upper part keeps the place, so that the parent need not change.
    private mutating func split(_ place: Int, at length: Int) {
        var lower = nodes[place]
        lower.label.removeFirst(length)
        nodes.append(lower)
        nodes[place] = Node(label: Array(nodes[place].label.prefix(length)), children: [nodes.count - 1])
    }

    /// Calls `found` with the value of every key that the text begins with.
    func walk(_ text: some Sequence<UInt8>, _ found: (Int) -> Void) {
        var iterator = text.makeIterator()
        var place = 0
        while true {
            for value in nodes[place].values { found(value) }
            guard let byte = iterator.next(),
                let child = nodes[place].children.first(where: { nodes[$0].label[0] == byte })
            else { return }
            for expected in nodes[child].label.dropFirst() where iterator.next() != expected { return }
            place = child
        }
    }
}
