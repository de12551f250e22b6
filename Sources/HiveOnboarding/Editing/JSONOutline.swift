import HiveAPI

/// Where things stand in JSON text. Comments and commas at the end of a list are let through: some clients write them, and
/// an edit must not lose them.
struct JSONOutline {
    let bytes: [UInt8]
    let root: Node

    /// A value and its place.
    struct Node {
        enum Kind { case object, list, text, other }
        let kind: Kind
        let range: Range<Int>
        /// Of an object its members, of a list its elements, in order.
        let items: [Item]
    }

    /// A member with its name, or an element; the range begins at the name.
    struct Item {
        let name: String?
        let range: Range<Int>
        let value: Node
    }

    /// Throws `invalid_input` naming the line for what is no JSON.
    init(_ bytes: [UInt8]) throws {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw HiveError(.invalidInput, "it is not valid UTF-8", hint: "mend the file, nothing was changed")
        }
        var scanner = JSONOutlineScanner(bytes)
        self.bytes = bytes
        root = try scanner.document()
    }

    /// The value at a path of names; nil where there is none. Of two members with one name the last counts, as for clients.
    func node(at path: [String]) -> Node? {
        var node = root
        for name in path {
            guard let item = node.items.last(where: { $0.name == name }) else { return nil }
            node = item.value
        }
        return node
    }

    /// The value as it is; nil where comments stand in it.
    func value(of node: Node) -> JSONValue? {
        do { return try JSONValue(parsing: Array(bytes[node.range])) } catch { return nil }
    }
}
