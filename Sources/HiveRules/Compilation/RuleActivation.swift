import HiveCEL

/// The variables of one rule's expressions for one question, looked up as they are asked for.
final class RuleActivation: Activation {
    let inquiry: Inquiry
    let params: Value
    /// The sub-command in question.
    var command: Value?

    init(_ inquiry: Inquiry, params: Value) {
        self.inquiry = inquiry
        self.params = params
    }

    func value(named name: String) -> Value? {
        switch name {
        case "cmd": command
        case "commands": .list(inquiry.commandValues)
        case "params": params
        case "agent", "machine", "git": inquiry.input.fields[name] ?? .map(ValueMap())
        default: inquiry.input.fields[name]
        }
    }
}
