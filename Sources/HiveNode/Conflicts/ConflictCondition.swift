import HiveAPI
import HiveCEL
import HiveCore

/// A condition on conflicts, in CEL: `conflict.kind == "value" && siblings.all(s, s.confidence < 0.5)`.
struct ConflictCondition: Sendable {
    private let program: Program
    private let now: HiveCore.Timestamp

    private static let objects: [String: [String: CELType]] = [
        "conflict": [
            "id": .string, "memory": .string, "kind": .string, "field": .string, "scope": .string,
            "category": .string, "tags": .list(.string), "policy": .string, "escalated": .bool, "ageSeconds": .int,
            "siblings": .list(.object("sibling")),
        ],
        "sibling": [
            "author": .string, "agent": .string, "confidence": .double, "value": .dyn, "shown": .bool,
            "memory": .string, "ageSeconds": .int,
        ],
    ]

    private static let environment: Environment = {
        let declared = objects.reduce(Environment.standard) { $0.declaring(object: $1.key, fields: $1.value) }
        return declared.declaring(variable: "conflict", as: .object("conflict"))
            .declaring(variable: "siblings", as: .list(.object("sibling")))
    }()

    /// Throws `invalid_input` with the place in the text, and what to do.
    init(_ text: String, now: HiveCore.Timestamp) throws(HiveError) {
        self.now = now
        do { program = try Program.compile(text, in: Self.environment) } catch {
            throw HiveError(
                .invalidInput, "the condition is wrong at \(error.position): \(error.message)",
                hint: error.hint.isEmpty
                    ? "it may ask for conflict.kind, .field, .scope, .category, .tags, .ageSeconds, and for siblings"
                    : error.hint)
        }
        guard [.bool, .dyn].contains(program.resultType) else {
            throw HiveError(
                .invalidInput, "the condition answers \(program.resultType), not true or false",
                hint: #"compare it with something, as in conflict.kind == "value""#)
        }
    }

    /// Whether it is true of a conflict. Throws `invalid_input` where it cannot say.
    func holds(of conflict: Conflict) throws(HiveError) -> Bool {
        let siblings = Value.list(conflict.siblings.map(sibling))
        let activation = DictionaryActivation(["conflict": value(conflict, siblings), "siblings": siblings])
        switch program.evaluate(activation) {
        case .success(.bool(let answer)): return answer
        case .success(let other):
            throw HiveError(.invalidInput, "the condition answered \(other.typeName), not true or false")
        case .failure(let error):
            throw HiveError(
                .invalidInput, "the condition cannot be answered: \(error)",
                hint: "values are texts, numbers or lists: ask for their type first, as in type(s.value) == string")
        }
    }

    private func value(_ conflict: Conflict, _ siblings: Value) -> Value {
        .map(
            ValueMap([
                "id": .string(conflict.id), "memory": .string(conflict.memory), "kind": .string(conflict.kind),
                "field": .string(conflict.field), "scope": .string(conflict.scope ?? ""),
                "category": .string(conflict.category ?? ""), "tags": .list(conflict.tags.map(Value.string)),
                "policy": .string(conflict.policy), "escalated": .bool(conflict.escalated),
                "ageSeconds": .int(age(conflict.since)), "siblings": siblings,
            ]))
    }

    private func sibling(_ sibling: ConflictSibling) -> Value {
        .map(
            ValueMap([
                "author": .string(sibling.author.node), "agent": .string(sibling.author.agent ?? ""),
                "confidence": .double(sibling.confidence ?? 0.5), "value": sibling.value.cel,
                "shown": .bool(sibling.shown), "memory": .string(sibling.memory ?? ""),
                "ageSeconds": .int(age(sibling.at)),
            ]))
    }

    private func age(_ text: String) -> Int64 {
        guard let time = HiveCore.Timestamp(rfc3339: text) else { return 0 }
        return max(0, (now.milliseconds - time.milliseconds) / 1000)
    }
}
