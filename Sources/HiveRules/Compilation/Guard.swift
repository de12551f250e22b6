/// A part of a rule that must hold for the rule to apply, in a form that an index understands: one of some tests passes
/// for one of the texts of a field. Guards may let through what the rule then refuses, never the other way round.
/// A class, since it is looked at in every decision.
final class Guard: Sendable {
    let field: InputField
    /// The field's number in the set's table.
    let number: Int
    let tests: [FieldTest]
    let absence: Absence
    /// Asks of all sub-commands together whether one of them passes, as `commands.exists` does.
    let isAboutAnyCommand: Bool
    private let isOfCommand: Bool

    init(field: InputField, number: Int, tests: [FieldTest], absence: Absence, isAboutAnyCommand: Bool) {
        self.field = field
        self.number = number
        self.tests = tests
        self.absence = absence
        self.isAboutAnyCommand = isAboutAnyCommand
        isOfCommand = field.isOfCommand
    }

    /// What a field without a value means.
    enum Absence: Sendable, Hashable {
        /// The rule does not apply.
        case fails
        /// The condition cannot be answered, unless another part of it is false: the rule must be asked.
        case open
    }

    /// Whether the rule may still apply. `command` is the sub-command in question, nil where none is.
    func admits(_ inquiry: Inquiry, _ command: ShellCommand?) -> Bool {
        if isOfCommand {
            if isAboutAnyCommand { return inquiry.commands.contains { admits($0) } }
            return command.map { admits($0) } ?? true
        }
        switch inquiry.texts(number) {
        case .absent: return absence == .open
        case .one(let text): return tests.indices.contains { tests[$0].passes(text) }
        case .many(let texts): return tests.contains { test in texts.contains { test.passes($0) } }
        }
    }

    private func admits(_ command: ShellCommand) -> Bool {
        tests.contains { test in
            if case .flag(let flag) = test { return command.hasFlag([flag]) }
            switch field {
            case .program: return test.passes(command.program)
            case .commandText: return test.passes(command.text)
            default: return command.arguments.contains { test.passes($0) }
            }
        }
    }
}
