import HiveCEL

/// One of the values that a decision shows with the rule that decided. A class, since it is looked at in every denial.
final class ShownValue: Sendable {
    private let source: Source

    private enum Source {
        /// The texts of a field by its number.
        case texts(Int)
        case path(ValuePath)
        /// The sub-command that the rule applies to.
        case command
    }

    private init(_ source: Source) { self.source = source }

    /// All that a rule looks at, by the names under which they are shown.
    static func all(patterns: [MatchPattern], subjects: [ValuePath], looksAtCommand: Bool) -> [String: ShownValue] {
        var shown: [String: ShownValue] = [:]
        for pattern in patterns { shown[pattern.field.description] = ShownValue(.texts(pattern.number)) }
        if looksAtCommand { shown["cmd.text"] = ShownValue(.command) }
        for path in subjects where path.root != "cmd" || !path.fields.isEmpty {
            shown[path.text] = ShownValue(.path(path))
        }
        return shown
    }

    /// Shortened for people; nil where nothing is there.
    func value(in activation: RuleActivation, _ command: ShellCommand?) -> Value? {
        switch source {
        case .path(let path): return path.value(in: activation).map(ValueText.shortened)
        case .command: return command.map { ValueText.shortened(.string($0.text)) }
        case .texts(let number):
            switch activation.inquiry.texts(number) {
            case .absent: return nil
            case .one(let text): return ValueText.shortened(.string(text))
            case .many(let texts): return ValueText.shortened(.list(texts.map(Value.string)))
            }
        }
    }
}
