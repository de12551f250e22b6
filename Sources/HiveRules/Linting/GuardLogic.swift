/// What guards say about each other.
enum GuardLogic {
    /// Whether no text passes both: one of them lists texts, none of which passes the other.
    static func areDisjoint(_ one: Guard, _ other: Guard) -> Bool {
        excludes(one, other) || excludes(other, one)
    }

    private static func excludes(_ listed: Guard, _ other: Guard) -> Bool {
        let texts = listed.tests.compactMap { test -> String? in
            if case .equals(let text) = test { return text }
            return nil
        }
        guard texts.count == listed.tests.count, !texts.isEmpty else { return false }
        return !texts.contains { text in other.tests.contains { $0.passes(text) } }
    }

    /// Whether inputs exist that both rules look at, as far as guards tell.
    static func mayOverlap(_ left: CompiledRule, _ right: CompiledRule) -> Bool {
        for one in left.guards where !one.hasSeveralTexts && !one.field.isOfCommand {
            if right.guards.contains(where: { $0.field == one.field && !$0.hasSeveralTexts && areDisjoint(one, $0) }) {
                return false
            }
        }
        return true
    }
}

extension Guard {
    /// Whether an input may hold several texts of which each test may pass another.
    var hasSeveralTexts: Bool {
        switch field {
        case .program, .commandText: isAboutAnyCommand
        case .argument, .flag: true
        case .top(let name): !Self.single.contains(name)
        case .nested(let object, let name):
            !["git.branch", "git.repo", "agent.name", "machine.name"].contains("\(object).\(name)")
        }
    }

    private static let single: Set<String> = [
        "event", "tool", "command", "path", "content", "url", "project", "session", "user",
    ]
}
