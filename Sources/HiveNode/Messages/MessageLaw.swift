import HiveAPI
import HiveCore

/// What rules are told of a message that is to be sent.
struct MessageLaw: Sendable {
    let input: JSONValue

    /// - Parameter scope: where the message will be written.
    init(_ drafts: MessageDrafts, _ view: MessageView, scope: ScopeName) {
        var agent: [String: JSONValue] = [:]
        if let from = drafts.from {
            let reader = view.reader(from)
            agent["name"] = .string(from)
            agent["capabilities"] = .array(reader.capabilities.sorted().map(JSONValue.string))
        }
        var arguments: [String: JSONValue] = ["kind": .string(drafts.kind.rawValue)]
        arguments["priority"] = drafts.request.priority.map(JSONValue.string)
        arguments["subject"] = drafts.request.subject.map(JSONValue.string)
        arguments["category"] = drafts.request.category.map(JSONValue.string)
        arguments["scope"] = .string(scope.description)
        var input: [String: JSONValue] = [
            "event": "message.send", "content": .string(drafts.request.text),
            "to": .array(drafts.targets.map { .string(view.text($0)) }), "args": .object(arguments),
        ]
        if !agent.isEmpty { input["agent"] = .object(agent) }
        self.input = .object(input)
    }

    /// The text that rules want a message to have. Throws `denied` where they change anything else: who reads a message and
    /// how it is sent is the sender's to say, and what cannot be carried out must not be dropped in silence.
    static func text(_ transformed: [String: JSONValue], rule: String) throws(HiveError) -> String {
        guard transformed.count == 1, let text = transformed["content"]?.string else {
            throw HiveError(
                .denied, "the rule `\(rule)` changes this message in a way that cannot be carried out",
                hint: "rules may change its content")
        }
        return text
    }
}
