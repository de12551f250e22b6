/// Lets an episode that has ended go on.
public struct ReopenEpisode: JSONRecord {
    /// Who says this; default: the caller.
    public var agent: String?
    /// What the caller saw.
    public var version: String?

    public init(agent: String? = nil, version: String? = nil) {
        self.agent = agent
        self.version = version
    }
}

extension ReopenEpisode {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.optional("agent")
        version = try fields.optional("version")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("version", version)
    }
}
