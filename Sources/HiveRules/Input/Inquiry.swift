import HiveCEL

/// One question while it is being decided. What rules look at is read from the input when the first of them asks, and
/// kept for the others.
final class Inquiry {
    let input: DecisionInput
    let now: Int64
    private let table: FieldTable
    private var read: [Texts?]
    /// Values of variables with their places, as far as somebody has asked for them; few, so that looking through them
    /// is fast.
    private var values: [(place: Int, value: Value)] = []
    private let shared: SharedExpressions
    /// What parts that rules share gave: without a command, and then for each.
    private var results: [SharedResults?] = []

    /// What a field holds.
    enum Texts {
        /// Nothing, or something that is no text: what depends on it is for the condition to find out.
        case absent
        case one(String)
        case many([String])
    }

    init(_ input: DecisionInput, fields: FieldTable, sharing shared: SharedExpressions = .none, now: Int64) {
        self.input = input
        self.now = now
        self.shared = shared
        table = fields
        read = Array(repeating: nil, count: fields.fields.count)
    }

    private lazy var shell: (commands: [ShellCommand], isComplete: Bool) =
        input.text("command").map(ShellParser.parse) ?? ([], true)

    /// Every sub-command of the input's command, taken apart when somebody asks.
    var commands: [ShellCommand] { shell.commands }

    /// Why the command could not be taken apart in full; rules about commands then have no answer.
    var commandFailure: EvaluationError? {
        shell.isComplete
            ? nil : EvaluationError(.invalidArgument, "the command is nested too deeply to be taken apart")
    }

    private(set) lazy var commandValues: [Value] = commands.map { .object($0) }

    /// Nil where the rules share nothing.
    func sharedResults(atCommand place: Int?) -> SharedResults? {
        guard shared.count > 0 else { return nil }
        let index = place.map { $0 + 1 } ?? 0
        while results.count <= index { results.append(nil) }
        if let known = results[index] { return known }
        let made = SharedResults(for: shared)
        results[index] = made
        return made
    }

    /// The value of a variable that is the same for all rules; nil for all others.
    func value(of variable: VariableReference) -> Value? {
        guard variable.places === table.places else { return value(named: variable.name) }
        for known in values.indices where values[known].place == variable.index { return values[known].value }
        guard let value = value(named: variable.name) else { return nil }
        if values.isEmpty { values.reserveCapacity(4) }
        values.append((variable.index, value))
        return value
    }

    /// The same by name.
    func value(named name: String) -> Value? {
        switch name {
        case "cmd", "params": nil
        case "commands": .list(commandValues)
        // The whole input, for conditions about what may be absent: `has(input.content)`.
        case "input": input.value
        case "agent", "machine", "git": input.fields[name] ?? .map(ValueMap())
        default: input.fields[name]
        }
    }

    /// The texts of a field by its number.
    func texts(_ number: Int) -> Texts {
        if let known = read[number] { return known }
        let texts = make(table.fields[number])
        read[number] = texts
        return texts
    }

    private func make(_ field: InputField) -> Texts {
        switch field {
        case .top(let name): Self.texts(input.fields[name])
        case .nested(let object, let name): Self.texts(Self.member(name, of: input.fields[object]))
        case .program, .commandText, .argument, .flag: .many(commands.flatMap(field.texts))
        }
    }

    private static func member(_ name: String, of value: Value?) -> Value? {
        guard case .map(let map)? = value else { return nil }
        return map[name]
    }

    private static func texts(_ value: Value?) -> Texts {
        switch value {
        case .string(let text)?: return .one(text)
        case .list(let values)?:
            var texts: [String] = []
            for value in values {
                guard case .string(let text) = value else { return .absent }
                texts.append(text)
            }
            return .many(texts)
        default: return .absent
        }
    }
}
