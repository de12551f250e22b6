/// What a command of the hive is to be.
public struct PutCommand: JSONRecord {
    /// One line for lists.
    public var description: String
    /// What may follow the name.
    public var argumentHint: String?
    /// Markdown, at most 32 KiB. `$ARGUMENTS` stands for what follows the name.
    public var prompt: String

    public init(description: String, argumentHint: String? = nil, prompt: String) {
        self.description = description
        self.argumentHint = argumentHint
        self.prompt = prompt
    }
}

extension PutCommand {
    public init(reading fields: inout FieldReader) throws {
        description = try fields.required("description")
        argumentHint = try fields.optional("argumentHint")
        prompt = try fields.required("prompt")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("description", description)
        fields.putIfPresent("argumentHint", argumentHint)
        fields.put("prompt", prompt)
    }
}

extension PutCommand {
    /// Throws `invalid_input` or `too_large` for what no client could show.
    public func checkLimits() throws {
        for (name, text) in [("description", description), ("argumentHint", argumentHint ?? "-")] {
            guard (1...200).contains(text.count), !text.contains(where: \.isNewline) else {
                throw HiveError(.invalidInput, "`\(name)` must be one line of 1 to 200 characters")
            }
        }
        guard prompt.contains(where: { !$0.isWhitespace }) else {
            throw HiveError(.invalidInput, "`prompt` is empty", hint: "say what the model is to do")
        }
        guard prompt.utf8.count <= AgentCommand.largestPrompt else {
            throw HiveError(
                .tooLarge, "`prompt` has \(prompt.utf8.count) bytes, \(AgentCommand.largestPrompt) are allowed",
                hint: "keep the bulk in a runbook and name it")
        }
        guard !prompt.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }) else {
            throw HiveError(.invalidInput, "`prompt` has control characters", hint: "leave them out")
        }
    }
}
