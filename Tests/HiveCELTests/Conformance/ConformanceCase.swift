import HiveCEL

/// One case: what to evaluate and what must come of it.
struct ConformanceCase {
    let name: String
    let expression: String
    let subject: EvaluationCase
    let expectation: Expectation

    enum Expectation {
        case value(Value)
        /// A type that the checker must find, and the value where the case is not for the checker alone.
        case typed(CELType, Value?)
        /// The message is a hint, not a fixed text.
        case error(String)
    }

    struct Malformed: Error {
        let line: String
    }

    init(line: String) throws {
        let json = try JSONText.parse(line)
        guard case .map(let map) = json, case .map(let expect)? = map["expect"] else { throw Malformed(line: line) }
        name = "\(Self.text(map["section"]))/\(Self.text(map["name"]))"
        expression = Self.text(map["expr"])
        subject = try EvaluationCase(json, in: Environment.standard.using(timeZones: SystemTimeZones()))
        if let value = expect["value"] {
            expectation = .value(try ProtoJSON.value(value))
        } else if case .map(let typed)? = expect["typedResult"] {
            expectation = .typed(try ProtoJSON.type(typed["type"] ?? .null), try typed["value"].map(ProtoJSON.value))
        } else {
            expectation = .error(Self.text(expect["error"]))
        }
    }

    private static func text(_ value: Value?) -> String {
        if case .string(let text)? = value { return text }
        return ""
    }

    /// What is wrong with the answer, or nil.
    func problem() throws -> String? {
        switch expectation {
        case .value(let value): return mismatch(subject.evaluate(), value)
        case .typed(let type, let value):
            let found = try subject.compile().resultType
            guard found == type else { return "the type is \(found), not \(type)" }
            return value.flatMap { mismatch(subject.evaluate(), $0) }
        case .error(let hint):
            switch subject.evaluate() {
            case .success(let value): return "is \(JSONText.render(value)), not an error"
            case .failure(let error):
                guard let kinds = ErrorHint.kinds(for: hint) else { return nil }
                return kinds.contains(error.kind) ? nil : "the error is \(error), not one of \(kinds.map(\.rawValue))"
            }
        }
    }

    private func mismatch(_ result: Result<Value, EvaluationError>, _ expected: Value) -> String? {
        switch result {
        case .failure(let error): return "is the error \(error), not \(JSONText.render(expected))"
        case .success(let value):
            return value.isSame(as: expected) ? nil : "is \(JSONText.render(value)), not \(JSONText.render(expected))"
        }
    }
}
