/// One list of patterns of a rule's `match`: a text of the field must fit one of them. A class, since it is looked at in
/// every decision.
final class MatchPattern: Sendable {
    let field: InputField
    /// The field's number in the set's table.
    let number: Int
    let globs: [Glob]

    init(field: InputField, number: Int, globs: [Glob]) {
        self.field = field
        self.number = number
        self.globs = globs
    }

    /// Whether a text of the field fits. A field without a value fits no pattern.
    func fits(_ inquiry: Inquiry) -> Bool {
        switch inquiry.texts(number) {
        case .absent: false
        case .one(let text): fits(text)
        case .many(let texts): texts.contains(where: fits)
        }
    }

    func fits(_ command: ShellCommand) -> Bool { field.texts(of: command).contains(where: fits) }

    private func fits(_ text: String) -> Bool { globs.indices.contains { globs[$0].matches(text) } }

    /// Nil where a pattern lets everything through, or nothing can be said about it.
    var asGuard: Guard? {
        let tests = globs.compactMap(\.necessary)
        guard tests.count == globs.count else { return nil }
        return Guard(field: field, number: number, tests: tests, absence: .fails, isAboutAnyCommand: false)
    }
}

extension RuleMatch {
    /// The lists that are given, with the fields that they look at.
    var lists: [(name: String, field: InputField, patterns: [String])] {
        [
            ("events", .top("event"), events), ("tools", .top("tool"), tools), ("paths", .top("path"), paths),
            ("projects", .top("project"), projects), ("agents", .nested("agent", "name"), agents),
            ("roles", .nested("agent", "roles"), roles), ("machines", .nested("machine", "name"), machines),
            ("kinds", .top("kind"), kinds), ("commands", .commandText, commands),
        ].filter { !$0.2.isEmpty }
    }
}
