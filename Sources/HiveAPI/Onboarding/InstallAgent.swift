/// An agent's client to be set up, or taken back.
public struct InstallAgent: JSONRecord {
    /// `claude-code`, `codex` or `gemini`.
    public var client: String
    public var level: OnboardingLevel
    /// The project's folder, absolute; for the level `project` alone.
    public var project: String?
    /// Whether what somebody changed is replaced.
    public var force: Bool

    public init(client: String, level: OnboardingLevel = .user, project: String? = nil, force: Bool = false) {
        self.client = client
        self.level = level
        self.project = project
        self.force = force
    }
}

extension InstallAgent {
    public init(reading fields: inout FieldReader) throws {
        client = try fields.required("client")
        level = try fields.value("level", default: .user)
        project = try fields.optional("project")
        force = try fields.value("force", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("client", client)
        fields.put("level", level)
        fields.putIfPresent("project", project)
        fields.put("force", force)
    }
}

/// For whom a client is set up.
public enum OnboardingLevel: String, Sendable, Hashable, CaseIterable, JSONRepresentable {
    /// Everybody who works in one folder.
    case project
    /// One user.
    case user
    /// Everybody on the machine, by its administrator: only hooks.
    case managed

    public init(json source: JSONSource) throws { self = try source.word(Self.self) }
    public var json: JSONValue { .string(rawValue) }
    public static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
}

/// What is set up in a place.
public enum OnboardingPart: String, Sendable, Hashable, CaseIterable, JSONRepresentable {
    /// The entry of the MCP server.
    case mcp
    case commands
    /// The block of instructions.
    case instructions
    case hooks
    /// How hooks answer where no node does.
    case policy

    public init(json source: JSONSource) throws { self = try source.word(Self.self) }
    public var json: JSONValue { .string(rawValue) }
    public static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
}
