import HiveCEL

/// Conditions that `match` can ask, so that an index finds the rule by them: the first one on each field that names
/// texts letter by letter. All others are left to `when`.
struct MatchTranslator {
    /// The lists of `match`, in the order of the conditions.
    private(set) var lists: [(name: String, texts: [String])] = []
    private(set) var rest: [HAIveMindCondition] = []

    private static let names = [
        "event": "events", "tool": "tools", "project": "projects", "project_id": "projects", "agent_id": "agents",
        "machine_id": "machines", "role": "roles",
    ]

    init(_ conditions: [HAIveMindCondition]) {
        for condition in conditions {
            guard let name = Self.names[condition.field], let texts = Self.texts(condition),
                !lists.contains(where: { $0.name == name })
            else {
                rest.append(condition)
                continue
            }
            lists.append((name, texts))
        }
    }

    /// As a rule document writes it; nil where there is nothing to ask.
    var value: Value? {
        lists.isEmpty ? nil : Mapping.value(lists.map { ($0.name, .list($0.texts.map(Value.string))) })
    }

    /// Nil where a pattern would say something else.
    private static func texts(_ condition: HAIveMindCondition) -> [String]? {
        guard condition.isCaseSensitive else { return nil }
        let values: [Value]
        switch (condition.operator, condition.value) {
        case (.equal, let value): values = [value]
        case (.in, .list(let elements)): values = elements
        default: return nil
        }
        var texts: [String] = []
        for value in values {
            guard case .string(let text) = value, !text.isEmpty, !text.contains(where: { "*?".contains($0) }),
                text.utf8.count <= 256, condition.field != "event" || StandardEvents.all[text] != nil
            else { return nil }
            texts.append(text)
        }
        return texts.isEmpty ? nil : texts
    }
}
