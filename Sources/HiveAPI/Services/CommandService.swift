/// Slash commands that every agent of the hive is to have.
public protocol CommandService: Sendable {
    /// Those that come with Hive and those of this hive, by name; one of the hive stands in for one of the same name.
    func commands(as caller: Caller) async throws -> Page<AgentCommand>
    /// Gives every machine of the hive a command, or changes it. The operator's: what is written here is read by models.
    func putCommand(_ name: String, _ request: PutCommand, as caller: Caller) async throws -> AgentCommand
    /// Takes a command back; one that comes with Hive is what it was. Throws `not_found` for one that the hive has not.
    func removeCommand(_ name: String, as caller: Caller) async throws
}
