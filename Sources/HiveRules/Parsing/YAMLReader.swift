import HiveCEL
import Yams

/// Reads one mapping strictly: every key must be asked for, every value must be of the type asked for.
package struct YAMLReader {
    let path: String
    let lineOffset: Int
    private let pairs: [(key: String, keyNode: Node, value: Node)]
    private let node: Node
    private var asked: Set<String> = []

    init(_ node: Node, path: String, lineOffset: Int, what: String) throws(RuleError) {
        self.path = path
        self.lineOffset = lineOffset
        self.node = node
        guard case .mapping(let mapping) = node else {
            throw RuleError("\(what) must be a mapping", at: Self.location(node, path, lineOffset))
        }
        var pairs: [(key: String, keyNode: Node, value: Node)] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                throw RuleError("keys must be plain words", at: Self.location(key, path, lineOffset))
            }
            guard !pairs.contains(where: { $0.key == name }) else {
                throw RuleError("`\(name)` stands twice", at: Self.location(key, path, lineOffset))
            }
            pairs.append((name, key, value))
        }
        self.pairs = pairs
    }

    /// Reads a text that holds one mapping, as configuration files do; nil for a text without anything in it. Refuses
    /// what is no YAML, and what is made to exhaust its reader.
    package static func document(_ text: String, path: String, what: String) throws(RuleError) -> YAMLReader? {
        guard let node = try YAMLComposer(path: path, text: text, lineOffset: 0).compose() else { return nil }
        return try YAMLReader(node, path: path, lineOffset: 0, what: what)
    }

    static func location(_ node: Node, _ path: String, _ offset: Int) -> RuleLocation {
        RuleLocation(path: path, line: (node.mark?.line ?? 1) + offset, column: node.mark?.column ?? 1)
    }

    package var location: RuleLocation { Self.location(node, path, lineOffset) }

    package func location(of key: String) -> RuleLocation {
        pairs.first { $0.key == key }.map { Self.location($0.value, path, lineOffset) } ?? location
    }

    /// Where each key's value stands.
    var places: [String: RuleLocation] {
        Dictionary(pairs.map { ($0.key, Self.location($0.value, path, lineOffset)) }) { first, _ in first }
    }

    var keys: Set<String> { Set(pairs.map(\.key)) }

    /// The keys as they stand in the file.
    package var keysInOrder: [String] { pairs.map(\.key) }

    func isAsked(_ key: String) -> Bool { asked.contains(key) }

    func isList(_ key: String) -> Bool {
        if case .sequence? = pairs.first(where: { $0.key == key })?.value { return true }
        return false
    }

    package func isMapping(_ key: String) -> Bool {
        if case .mapping? = pairs.first(where: { $0.key == key })?.value { return true }
        return false
    }

    mutating func node(_ key: String) -> Node? {
        asked.insert(key)
        return pairs.first { $0.key == key }?.value
    }

    package mutating func text(_ key: String) throws(RuleError) -> String? {
        guard let node = node(key) else { return nil }
        guard let scalar = node.scalar else { throw wrong(key, node, "a text") }
        return scalar.string
    }

    package mutating func requiredText(_ key: String) throws(RuleError) -> String {
        guard let text = try text(key), !text.isEmpty else {
            throw RuleError("`\(key)` is missing", at: location, hint: "add it")
        }
        return text
    }

    mutating func integer(_ key: String) throws(RuleError) -> Int64? {
        guard let node = node(key) else { return nil }
        guard let text = node.scalar?.string, let value = Int64(text) else { throw wrong(key, node, "a whole number") }
        return value
    }

    package mutating func bool(_ key: String) throws(RuleError) -> Bool? {
        guard let node = node(key) else { return nil }
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default: throw wrong(key, node, "true or false")
        }
    }

    /// A list of texts; one text stands for a list of one.
    package mutating func texts(_ key: String) throws(RuleError) -> [String] {
        guard let node = node(key) else { return [] }
        if let scalar = node.scalar { return [scalar.string] }
        guard case .sequence(let sequence) = node else { throw wrong(key, node, "a list of texts") }
        var texts: [String] = []
        for element in sequence {
            guard let scalar = element.scalar else { throw wrong(key, element, "a list of texts") }
            texts.append(scalar.string)
        }
        return texts
    }

    package mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, as type: Choice.Type
    ) throws(RuleError) -> Choice? where Choice.RawValue == String {
        guard let text = try text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue)
            throw RuleError(
                "`\(text)` is no \(key)", at: location(of: key),
                hint: Suggestion.nearest(to: text, among: known) ?? "known are \(known.joined(separator: ", "))")
        }
        return choice
    }

    package mutating func reader(_ key: String) throws(RuleError) -> YAMLReader? {
        guard let node = node(key) else { return nil }
        return try YAMLReader(node, path: path, lineOffset: lineOffset, what: "`\(key)`")
    }

    package mutating func readers(_ key: String) throws(RuleError) -> [YAMLReader] {
        guard let node = node(key) else { return [] }
        guard case .sequence(let sequence) = node else { throw wrong(key, node, "a list") }
        var readers: [YAMLReader] = []
        for element in sequence {
            readers.append(try YAMLReader(element, path: path, lineOffset: lineOffset, what: "an element of `\(key)`"))
        }
        return readers
    }

    mutating func values(_ key: String) throws(RuleError) -> [String: Value] {
        guard let node = node(key) else { return [:] }
        guard case .map(let map) = try YAMLValue.value(node, at: location(of: key)) else {
            throw wrong(key, node, "a mapping")
        }
        var values: [String: Value] = [:]
        for entry in map.entries {
            guard case .string(let name) = entry.key else { continue }
            values[name] = entry.value
        }
        return values
    }

    /// A mapping as it is, whatever is in it.
    mutating func mapping(_ key: String) throws(RuleError) -> Value? {
        guard let node = node(key) else { return nil }
        let value = try YAMLValue.value(node, at: location(of: key))
        guard case .map = value else { throw wrong(key, node, "a mapping") }
        return value
    }

    mutating func value(_ key: String) throws(RuleError) -> Value? {
        guard let node = node(key) else { return nil }
        return try YAMLValue.value(node, at: location(of: key))
    }

    /// Refuses keys that nobody asked for.
    package func finish() throws(RuleError) {
        for pair in pairs where !asked.contains(pair.key) {
            let known = asked.sorted()
            throw RuleError(
                "unknown key `\(pair.key)`", at: Self.location(pair.keyNode, path, lineOffset),
                hint: Suggestion.nearest(to: pair.key, among: known) ?? "known are \(known.joined(separator: ", "))")
        }
    }

    private func wrong(_ key: String, _ node: Node, _ expected: String) -> RuleError {
        RuleError("`\(key)` must be \(expected)", at: Self.location(node, path, lineOffset))
    }
}
