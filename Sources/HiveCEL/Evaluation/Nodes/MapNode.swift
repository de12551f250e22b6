/// `{k: v, ?k: v}`.
final class MapNode: Node {
    private let entries: [(key: any Node, value: any Node, isOptional: Bool)]
    private let position: SourcePosition

    init(_ entries: [(key: any Node, value: any Node, isOptional: Bool)], at position: SourcePosition) {
        self.entries = entries
        self.position = position
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        try frame.spend(1 + 2 * entries.count)
        var map = ValueMap()
        for entry in entries {
            let key = try entry.key.evaluate(&frame)
            var value = try entry.value.evaluate(&frame)
            if entry.isOptional {
                guard let optional = value.optional else {
                    throw EvaluationError(.noSuchOverload, "`?` needs an optional value, not \(value.typeName)")
                }
                guard let inner = optional.value else { continue }
                value = inner
            }
            try Self.insert(value, for: key, into: &map, at: position)
        }
        return .map(map)
    }

    static func insert(
        _ value: Value, for key: Value, into map: inout ValueMap, at position: SourcePosition
    ) throws(EvaluationError) {
        guard ValueMap.mayBeKey(key) else {
            throw EvaluationError(
                .unsupportedKeyType, "a key must be a bool, int, uint or string, not \(key.typeName)", at: position)
        }
        guard map.insert(value, for: key) else {
            throw EvaluationError(.duplicateKey, "the map has the key `\(JSONText.render(key))` twice", at: position)
        }
    }
}
