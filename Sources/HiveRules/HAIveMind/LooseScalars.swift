import Yams

/// Plain words that the programs which write these files take for truths and nothing, as our reader does: they follow
/// YAML 1.1, where `yes` and `True` are true. Texts such as names stay as they are written.
enum LooseScalars {
    private static let words = [
        "yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false", "null": "null",
    ]

    /// Keys whose values are texts.
    private static let texts: Set<String> = [
        "id", "name", "description", "tags", "created_by", "updated_by", "field", "target", "rule_id", "scope_id",
        "depends_on_rule_id", "parent_rule_id",
    ]

    static func settled(_ node: Node) -> Node {
        switch node {
        case .scalar(var scalar):
            let isPlain = scalar.style == .any || scalar.style == .plain
            guard isPlain, isWord(scalar.string), let word = words[scalar.string.lowercased()] else { return node }
            scalar.string = word
            return .scalar(scalar)
        case .sequence(var sequence):
            for index in sequence.indices { sequence[index] = settled(sequence[index]) }
            return .sequence(sequence)
        case .mapping(let mapping):
            let pairs = mapping.map { pair in
                texts.contains(pair.key.scalar?.string ?? "") ? (pair.key, pair.value) : (pair.key, settled(pair.value))
            }
            return .mapping(Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
        case .alias: return node
        }
    }

    /// Small, large, or with a large first letter, and no other mixture.
    private static func isWord(_ text: String) -> Bool {
        text == text.lowercased() || text == text.uppercased() || text == text.lowercased().capitalizedFirst
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
