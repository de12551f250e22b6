/// One step of a runbook.
public struct RunbookStep: Sendable, Hashable {
    /// What is done.
    public var text: String
    /// What is typed for it.
    public var command: String?
    /// What is seen if it worked.
    public var expected: String?
    /// How it is undone.
    public var rollback: String?

    /// Nil where nothing is said.
    public init?(text: String, command: String? = nil, expected: String? = nil, rollback: String? = nil) {
        let command = command.flatMap(RecordText.command)
        guard let text = RecordText.prose(text) ?? command.map({ _ in "Run the command" }) else { return nil }
        self.text = text
        self.command = command
        self.expected = expected.flatMap(RecordText.prose)
        self.rollback = rollback.flatMap(RecordText.prose)
    }

    /// The form in which it is kept.
    public var value: CBORValue {
        var entries: [String: CBORValue] = ["text": .text(text)]
        if let command { entries["command"] = .text(command) }
        if let expected { entries["expected"] = .text(expected) }
        if let rollback { entries["rollback"] = .text(rollback) }
        return .map(entries)
    }

    public init?(_ value: CBORValue) {
        self.init(
            text: value["text"]?.text ?? value.text ?? "", command: value["command"]?.text,
            expected: value["expected"]?.text, rollback: value["rollback"]?.text)
    }
}
