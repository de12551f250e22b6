public import HiveAPI
import HiveCore

/// Slash commands are law: whoever may write them puts words before every model of the fleet. Each is a document of its own
/// in the universal scope, known by its name.
extension Node: CommandService {
    public func commands(as caller: Caller) async throws -> Page<AgentCommand> {
        try await naming {
            let own = try kernel.consult { replica, transaction in
                let scope = try ScopeLookup(&replica, transaction).require(ScopeName.universal.description).scope
                return try transaction.documents.list(.kind(.agentCommand, scope: scope)).compactMap {
                    AgentCommand($0)
                }
            }
            let names = Set(own.map(\.name))
            let all = own + CommandCatalog.all.filter { !names.contains($0.name) }
            return Page(items: all.sorted { $0.name < $1.name })
        }
    }

    public func putCommand(_ name: String, _ request: PutCommand, as caller: Caller) async throws -> AgentCommand {
        try await naming {
            try caller.requireOperator(to: "give commands to all agents")
            try AgentCommand.check(name: name)
            try request.checkLimits()
            return try await kernel.write { context in
                let address = try Self.address(ofCommand: name, in: &context)
                let known = try context.transaction.documents.state(address)
                let former = known?.shown(AgentCommandField.version)?.inline?.integer ?? 0
                // Whoever wrote the former one may have given it any number.
                let latest = max(former, Int64(CommandCatalog.command(named: name)?.version ?? 0), 0)
                let version = min(latest, .max - 1) + 1
                let command = AgentCommand(
                    name: name, description: request.description, argumentHint: request.argumentHint,
                    prompt: request.prompt, version: Int(version))
                // The same again writes nothing.
                if let known, let same = AgentCommand(known), same.isAlike(command) { return same }
                let receipt = try context.commit([
                    Draft(
                        .agentCommand, at: address, agent: caller.agent, resolves: true,
                        changes: [
                            .set(ReservedField.presence, .bool(true)), .set(AgentCommandField.name, .text(name)),
                            .setText(AgentCommandField.prompt, request.prompt),
                            .set(AgentCommandField.description, .text(request.description)),
                            .set(AgentCommandField.argumentHint, request.argumentHint.map(CBORValue.text) ?? .null),
                            .set(AgentCommandField.version, .unsigned(UInt64(version))),
                        ])
                ])
                return receipt.states.first.flatMap { AgentCommand($0) } ?? command
            }
        }
    }

    public func removeCommand(_ name: String, as caller: Caller) async throws {
        try await naming {
            try caller.requireOperator(to: "take commands from all agents")
            try await kernel.write { context in
                let address = try Self.address(ofCommand: name, in: &context)
                guard let known = try context.transaction.documents.state(address), AgentCommand(known) != nil else {
                    let isBuiltIn = CommandCatalog.command(named: name) != nil
                    throw HiveError(
                        .notFound,
                        "the hive has no command `\(name)`\(isBuiltIn ? " of its own, it comes with Hive" : "")",
                        hint: "see `hivectl agents commands list`")
                }
                _ = try context.commit([
                    Draft(
                        .agentCommand, at: address, agent: caller.agent, resolves: true,
                        changes: [.set(ReservedField.presence, .bool(false))])
                ])
            }
        }
    }

    private static func address(ofCommand name: String, in context: inout WriteContext) throws -> DocumentAddress {
        let lookup = try ScopeLookup(&context.replica, context.transaction)
        let scope = try lookup.require(ScopeName.universal.description).scope
        let kind = DocumentKind.agentCommand.rawValue
        return DocumentAddress(scope: scope, document: .derived(kind: kind, key: Array(name.utf8), generation: 0))
    }
}

extension AgentCommand {
    /// Nil for a document that was taken back, or has not arrived whole. Of concurrent writes the shown one counts.
    ///
    /// Other nodes write such documents as well, and the name becomes that of a file: what could not have been put here
    /// is no command, nor is a second document with the name of another.
    init?(_ state: DocumentState) {
        guard !state.isErased, !state.isForgotten, let name = state.shown(AgentCommandField.name)?.inline?.text,
            let prompt = state.shown(AgentCommandField.prompt)?.inline?.text,
            state.address.document
                == .derived(kind: DocumentKind.agentCommand.rawValue, key: Array(name.utf8), generation: 0)
        else { return nil }
        let request = PutCommand(
            description: state.shown(AgentCommandField.description)?.inline?.text ?? name,
            argumentHint: state.shown(AgentCommandField.argumentHint)?.inline?.text, prompt: prompt)
        do {
            try AgentCommand.check(name: name)
            try request.checkLimits()
        } catch { return nil }
        self.init(
            name: name, description: request.description, argumentHint: request.argumentHint, prompt: prompt,
            version: Int(state.shown(AgentCommandField.version)?.inline?.integer ?? 1))
    }

    fileprivate func isAlike(_ other: AgentCommand) -> Bool {
        (name, description, argumentHint, prompt) == (
            other.name, other.description, other.argumentHint, other.prompt
        )
    }
}
