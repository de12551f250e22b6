import HiveAPI

/// Changes JSON text where it must and nowhere else. What `insert` adds, `remove` takes out again to the byte: a container
/// that was empty before is told from one that was made here by what follows its opening bracket, which is space only in
/// the latter.
struct JSONEditor {
    private(set) var outline: JSONOutline
    private let layout: JSONLayout

    /// Throws `invalid_input` for what is no JSON object.
    init(_ bytes: [UInt8]) throws {
        outline = try JSONOutline(bytes)
        layout = JSONLayout(of: bytes)
        guard outline.root.kind == .object else {
            throw HiveError(
                .invalidInput, "it holds no JSON object", hint: "mend the file by hand, nothing was changed")
        }
    }

    var bytes: [UInt8] { outline.bytes }

    /// A new file with one tree.
    static func file(_ tree: JSONTree) -> [UInt8] { Array((tree.lines(JSONLayout(), depth: 0) + "\n").utf8) }

    /// Adds a member to the object at a path, making the objects on the way that are missing.
    mutating func insert(_ name: String, _ tree: JSONTree, at path: [String]) throws {
        try insert(.object, at: path, wrapping: .members([(name, tree)])) { layout, depth in
            JSONLayout.member(name, tree.lines(layout, depth: depth))
        }
    }

    /// Adds an element to the list at a path, making what is missing on the way.
    mutating func append(_ tree: JSONTree, at path: [String]) throws {
        try insert(.list, at: path, wrapping: .list([tree])) { layout, depth in tree.lines(layout, depth: depth) }
    }

    private mutating func insert(
        _ kind: JSONOutline.Node.Kind, at path: [String], wrapping tree: JSONTree,
        text: (JSONLayout, Int) -> String
    ) throws {
        var node = outline.root
        for (depth, name) in path.enumerated() {
            guard let item = node.items.last(where: { $0.name == name }) else {
                var whole = tree
                for name in path[(depth + 1)...].reversed() { whole = .members([(name, whole)]) }
                return try put(JSONLayout.member(name, whole.lines(layout, depth: depth + 1)), into: node, depth: depth)
            }
            let wanted: JSONOutline.Node.Kind = depth == path.count - 1 ? kind : .object
            guard item.value.kind == wanted else {
                throw HiveError(
                    .invalidInput,
                    "`\(path[...depth].joined(separator: "."))` is no \(wanted == .list ? "list" : "object")",
                    hint: "mend the file by hand, nothing was changed")
            }
            node = item.value
        }
        try put(text(layout, path.count + 1), into: node, depth: path.count)
    }

    /// Puts text as the last item of a container.
    private mutating func put(_ text: String, into node: JSONOutline.Node, depth: Int) throws {
        let close = node.range.upperBound - 1
        guard let last = node.items.last else {
            return try replace([(node.range.lowerBound + 1..<node.range.lowerBound + 1, text)])
        }
        let gap = try JSONTrivia.look(in: bytes, from: last.range.upperBound, to: close)
        let opening = bytes[(node.range.lowerBound + 1)..<node.items[0].range.lowerBound]
        let isOnLines = opening.contains(0x0A) || gap.isLine
        let space = isOnLines ? layout.newline + layout.indentation(depth + 1) : " "
        if let comma = gap.comma {
            // The file ends its lists with commas; so does what is added.
            let place = gap.comment ?? comma + 1
            return try replace([(place..<place, space + text + ",")])
        }
        let place = gap.comment ?? last.range.upperBound
        try replace([(last.range.upperBound..<last.range.upperBound, ","), (place..<place, space + text)])
    }

    /// Puts a tree in the place of a value.
    mutating func replace(_ node: JSONOutline.Node, with tree: JSONTree, depth: Int) throws {
        try replace([(node.range, tree.lines(layout, depth: depth))])
    }

    /// Ranges in order, each with what comes in its place.
    private mutating func replace(_ changes: [(range: Range<Int>, text: String)]) throws {
        var output: [UInt8] = []
        var place = 0
        for change in changes {
            output += bytes[place..<change.range.lowerBound] + Array(change.text.utf8)
            place = change.range.upperBound
        }
        outline = try JSONOutline(output + bytes[place...])
    }
}

/// Taking out.
extension JSONEditor {
    /// Takes an item out of the container at a path; a container that was made here and holds nothing any more goes with
    /// it. Answers whether all of the document was made here and is empty now.
    mutating func remove(_ index: Int, at path: [String]) throws -> Bool {
        guard let node = outline.node(at: path), node.items.indices.contains(index) else { return false }
        let item = node.items[index]
        guard node.items.count == 1 else {
            try cut(index, of: node)
            return false
        }
        let inside = node.range.lowerBound + 1..<node.range.upperBound - 1
        let rest = Array(
            bytes[inside.lowerBound..<item.range.lowerBound] + bytes[item.range.upperBound..<inside.upperBound])
        let isOwn = inside.lowerBound < item.range.lowerBound && rest.allSatisfy(JSONTrivia.isSpace)
        guard isOwn else {
            let gap = try JSONTrivia.look(in: bytes, from: item.range.upperBound, to: inside.upperBound)
            try replace([(item.range.lowerBound..<(gap.comma.map { $0 + 1 } ?? item.range.upperBound), "")])
            return false
        }
        guard let name = path.last else { return true }
        let parent = Array(path.dropLast())
        guard let place = outline.node(at: parent)?.items.lastIndex(where: { $0.name == name }) else { return false }
        return try remove(place, at: parent)
    }

    /// One of several.
    mutating func cut(_ index: Int, of node: JSONOutline.Node) throws {
        let item = node.items[index]
        if index + 1 < node.items.count {
            let next = node.items[index + 1].range.lowerBound
            let gap = try JSONTrivia.look(in: bytes, from: item.range.upperBound, to: next)
            var end = (gap.comma ?? item.range.upperBound) + 1
            while end < next, JSONTrivia.isSpace(bytes[end]) { end += 1 }
            return try replace([(item.range.lowerBound..<end, "")])
        }
        let before = node.items[index - 1].range.upperBound
        let gap = try JSONTrivia.look(in: bytes, from: before, to: item.range.lowerBound)
        guard let comma = gap.comma else { return }
        let start = gap.comment ?? comma + 1
        let after = try JSONTrivia.look(in: bytes, from: item.range.upperBound, to: node.range.upperBound - 1)
        if let last = after.comma { return try replace([(start..<last + 1, "")]) }
        // Comments between the comma and the item are somebody else's.
        try replace([(comma..<comma + 1, ""), (start..<item.range.upperBound, "")])
    }
}
