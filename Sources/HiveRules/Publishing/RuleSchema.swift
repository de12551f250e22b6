public import HiveCEL

/// The JSON Schema (2020-12) of rule documents, for editors. It says what the parser says about keys, types and known
/// words; what conditions mean only the compiler knows.
public enum RuleSchema {
    public static var value: Value {
        object([
            "$schema": .string("https://json-schema.org/draft/2020-12/schema"), "title": .string("Hive rule documents"),
            "oneOf": .list(documents),
        ])
    }

    /// The schema as it is published: indented, keys in order.
    public static var text: String { IndentedJSON.text(value) }

    private static var documents: [Value] {
        [
            document(
                "Rule",
                metadata: ["type": text(), "labels": map(anything), "created": text(), "origin": map(anything)],
                spec: ruleSpec, hasTests: true),
            document("RuleSet", metadata: [:], spec: nil, hasTests: false),
            document("RuleException", metadata: [:], spec: exceptionSpec, hasTests: true),
            document("EventSchema", metadata: [:], spec: eventSpec, hasTests: false),
        ]
    }

    private static func document(
        _ kind: String, metadata: [String: Value], spec: Value?, hasTests: Bool
    ) -> Value {
        let shared: [String: Value] = [
            "name": object([
                "type": .list(["string", "integer"].map(Value.string)), "pattern": .string("^[A-Za-z0-9._@-]{1,64}$"),
            ]),
            "version": object(["type": .string("integer"), "minimum": .int(1)]),
        ]
        var properties: [String: Value] = [
            "apiVersion": object(["const": .string("hive/v1")]), "kind": object(["const": .string(kind)]),
            "metadata": closed(shared.merging(metadata) { $1 }, required: ["name"]),
        ]
        var required = ["apiVersion", "kind", "metadata"]
        if let spec {
            properties["spec"] = spec
            required.append("spec")
        }
        if hasTests { properties["tests"] = list(test) }
        return closed(properties, required: required)
    }

    private static var ruleSpec: Value {
        let variables = anyOf([
            map(text()), list(closed(["name": text(), "expression": text()], required: ["name", "expression"])),
        ])
        var spec = closed(
            [
                "description": text(), "abstract": flag, "extends": texts, "scope": choice(RuleScope.self),
                "priority": anyOf([
                    object(["type": .string("integer"), "minimum": .int(1), "maximum": .int(1000)]),
                    object(["enum": .list(RuleParser.priorities.map { .string($0.name) })]),
                ]),
                "enforcement": choice(RuleEnforcement.self), "effective": effective, "match": match,
                "when": text("A condition in CEL."), "params": map(anything), "variables": variables,
                "onError": choice(RuleFailure.self), "effect": choice(RuleEffect.self), "overrides": texts,
                "message": text("A text in CEL."), "remediation": text(),
                "setting": closed(["name": text(), "value": anything], required: ["name"]),
                "settings": list(
                    closed(
                        ["effect": words(["set", "append", "merge"]), "name": text(), "value": anything],
                        required: ["name"])),
                "strategy": choice(SettingStrategy.self), "assignments": list(assignment),
                "violation": text("A condition in CEL."),
                "transform": closed(
                    Dictionary(uniqueKeysWithValues: InputSchema.transformable.map { ($0, text("A text in CEL.")) })),
            ])
        spec = adding(
            "anyOf",
            .list(
                ["effect", "extends", "abstract"].map { key in
                    object(["required": .list([.string(key)])])
                }), to: spec)
        return spec
    }

    private static var exceptionSpec: Value {
        closed(
            [
                "rules": texts, "match": match, "when": text("A condition in CEL."), "reason": text(),
                "approvedBy": text(), "effective": adding("required", .list([.string("until")]), to: effective),
            ], required: ["rules", "reason", "effective"])
    }

    private static var eventSpec: Value {
        let types = object(["enum": .list(EventSchemaDocument.types.map { .string($0.text) })])
        return closed(["events": map(closed(["fields": map(types)]))], required: ["events"])
    }

    private static var match: Value {
        closed(
            Dictionary(
                uniqueKeysWithValues: [
                    "events", "tools", "commands", "paths", "agents", "roles", "machines", "projects", "kinds",
                ].map { ($0, texts) }))
    }

    private static var effective: Value {
        closed(["from": text(), "until": text(), "zone": text(), "days": texts, "hours": text()])
    }

    private static var assignment: Value {
        closed(
            [
                "scope": choice(AssignmentScope.self), "name": text(), "effective": effective,
                "priority": object(["type": .string("integer"), "minimum": .int(1), "maximum": .int(1000)]),
            ], required: ["scope"])
    }

    private static var test: Value {
        let expect = closed([
            "effect": text(), "allowed": flag, "rule": text(), "matched": texts, "message": text(),
            "settings": map(anything), "transformed": map(anything),
        ])
        return closed(
            ["name": text(), "input": map(anything), "at": text(), "each": list(map(anything)), "expect": expect],
            required: ["name", "input", "expect"])
    }
}

/// Parts of schemas.
extension RuleSchema {
    private static func object(_ fields: [String: Value]) -> Value { .map(ValueMap(fields)) }

    private static let anything = Value.map(ValueMap())
    private static let flag = object(["type": .string("boolean")])

    /// Numbers and truths are texts to a parser of YAML that asks for a text.
    private static func text(_ description: String? = nil) -> Value {
        var fields: [String: Value] = ["type": .list(["string", "number", "boolean"].map(Value.string))]
        fields["description"] = description.map(Value.string)
        return object(fields)
    }

    private static func list(_ element: Value) -> Value { object(["type": .string("array"), "items": element]) }

    private static var texts: Value { anyOf([text(), list(text())]) }

    private static func map(_ element: Value) -> Value {
        object(["type": .string("object"), "additionalProperties": element])
    }

    private static func anyOf(_ options: [Value]) -> Value { object(["anyOf": .list(options)]) }

    private static func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> Value
    where Choice.RawValue == String {
        words(Choice.allCases.map(\.rawValue))
    }

    private static func words(_ words: [String]) -> Value { object(["enum": .list(words.map(Value.string))]) }

    /// A mapping with no other keys.
    private static func closed(_ properties: [String: Value], required: [String] = []) -> Value {
        var fields: [String: Value] = [
            "type": .string("object"), "additionalProperties": .bool(false), "properties": object(properties),
        ]
        if !required.isEmpty { fields["required"] = .list(required.map(Value.string)) }
        return object(fields)
    }

    private static func adding(_ key: String, _ value: Value, to schema: Value) -> Value {
        guard case .map(var map) = schema else { return schema }
        _ = map.insert(value, for: .string(key))
        return .map(map)
    }
}
