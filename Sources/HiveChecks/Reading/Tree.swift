import HiveCEL

/// A YAML or JSON text as a tree that knows its lines; aliases and merge keys are resolved.
struct Tree: Sendable {
    indirect enum Form: Sendable {
        case null
        case bool(Bool)
        case int(Int64)
        case double(Double)
        case text(String)
        case list([Tree])
        case map([(key: String, value: Tree)])
    }

    var form: Form
    /// From 1.
    let line: Int

    init(_ form: Form, line: Int) {
        self.form = form
        self.line = line
    }

    /// The tree of a value, all of it on one line.
    init(_ value: Value, line: Int) {
        switch value {
        case .bool(let value): form = .bool(value)
        case .int(let value): form = .int(value)
        case .double(let value): form = .double(value)
        case .string(let value): form = .text(value)
        case .list(let values): form = .list(values.map { Tree($0, line: line) })
        case .map(let map):
            form = .map(map.texts.sorted { $0.key < $1.key }.map { ($0.key, Tree($0.value, line: line)) })
        default: form = .null
        }
        self.line = line
    }

    /// Nil for what is no mapping, has no such key, or has null there.
    subscript(key: String) -> Tree? {
        guard let tree = entries.last(where: { $0.key == key })?.value, !tree.isNull else { return nil }
        return tree
    }

    var isNull: Bool { if case .null = form { true } else { false } }
    var isMap: Bool { if case .map = form { true } else { false } }
    var isList: Bool { if case .list = form { true } else { false } }

    /// Empty for what is no mapping.
    var entries: [(key: String, value: Tree)] {
        guard case .map(let entries) = form else { return [] }
        return entries
    }

    /// Empty for what is no list.
    var elements: [Tree] {
        guard case .list(let elements) = form else { return [] }
        return elements
    }

    /// Scalars as they would be written; nil for others.
    var text: String? {
        switch form {
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .double(let value): "\(value)"
        case .text(let value): value
        case .null, .list, .map: nil
        }
    }

    var bool: Bool? {
        switch text {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }

    /// A text stands for a list of one.
    var texts: [String] { isList ? elements.compactMap(\.text) : text.map { [$0] } ?? [] }

    /// As facts.
    var value: Value {
        switch form {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .text(let value): .string(value)
        case .list(let elements): .list(elements.map(\.value))
        case .map(let entries):
            .map(ValueMap(Dictionary(entries.map { ($0.key, $0.value.value) }) { _, last in last }))
        }
    }
}
