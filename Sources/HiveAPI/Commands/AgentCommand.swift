/// A slash command for agents: a name, and what it asks the model to do.
public struct AgentCommand: JSONRecord {
    /// Small letters, digits and hyphens; what is typed after the slash.
    public var name: String
    /// One line for lists.
    public var description: String
    /// What may follow the name, such as `[what you look for]`; nil where nothing does.
    public var argumentHint: String?
    /// Markdown. `$ARGUMENTS` stands for what follows the name.
    public var prompt: String
    public var version: Int
    /// Whether it comes with Hive.
    public var builtIn: Bool

    public init(
        name: String, description: String, argumentHint: String? = nil, prompt: String, version: Int = 1,
        builtIn: Bool = false
    ) {
        self.name = name
        self.description = description
        self.argumentHint = argumentHint
        self.prompt = prompt
        self.version = version
        self.builtIn = builtIn
    }
}

extension AgentCommand {
    public init(reading fields: inout FieldReader) throws {
        name = try fields.required("name")
        description = try fields.required("description")
        argumentHint = try fields.optional("argumentHint")
        prompt = try fields.required("prompt")
        version = try fields.value("version", default: 1)
        builtIn = try fields.value("builtIn", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.put("description", description)
        fields.put("argumentHint", argumentHint)
        fields.put("prompt", prompt)
        fields.put("version", version)
        fields.put("builtIn", builtIn)
    }
}

extension AgentCommand {
    /// The longest prompt, in bytes.
    public static let largestPrompt = 32 << 10

    /// Throws `invalid_input` for what cannot be the name of a command: it becomes the name of a file.
    public static func check(name: String) throws {
        let isGood = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard isGood, (1...64).contains(name.utf8.count), !name.hasPrefix("-") else {
            throw HiveError(
                .invalidInput, "`\(name.prefix(80))` cannot be the name of a command",
                hint: "use small letters, digits and hyphens, 64 at most")
        }
    }
}
