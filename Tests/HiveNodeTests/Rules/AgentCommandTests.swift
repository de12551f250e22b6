import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Commands come from other nodes as well, and their names become those of files.
@Suite struct AgentCommandTests {
    private func put(_ name: String, key: String, prompt: String = "Do it.", on lone: LoneNode) async throws {
        try await lone.node.kernel.write { context in
            let lookup = try ScopeLookup(&context.replica, context.transaction)
            let scope = try lookup.require(ScopeName.universal.description).scope
            let document = DocumentID.derived(
                kind: DocumentKind.agentCommand.rawValue, key: Array(key.utf8), generation: 0)
            let draft = Draft(
                .agentCommand, at: DocumentAddress(scope: scope, document: document),
                changes: [
                    .set(AgentCommandField.name, .text(name)), .setText(AgentCommandField.prompt, prompt),
                    .set(AgentCommandField.description, .text("a command")),
                ])
            _ = try context.commit([draft])
        }
    }

    @Test("A name that could not have been put here is no command, nor is a second document of one name")
    func names() async throws {
        let lone = try LoneNode()
        try await put("good", key: "good", on: lone)
        for name in ["../../x", "", "-x", "A", "a/b", String(repeating: "a", count: 65)] {
            try await put(name, key: name, on: lone)
        }
        try await put("good", key: "other", on: lone)
        try await put("blank", key: "blank", prompt: " ", on: lone)
        let own = try await lone.node.commands(as: .agent).items.filter { !$0.builtIn }
        #expect(own.map(\.name) == ["good"])
    }

    @Test("A command with the greatest number that there is can be written anew", arguments: [Int64.max, -5])
    func numbers(version: Int64) async throws {
        let lone = try LoneNode()
        let request = PutCommand(description: "Looks", prompt: "Look at the logs.")
        _ = try await lone.node.putCommand("look", request, as: .operator)
        _ = try await lone.node.kernel.write { context in
            let scope = try ScopeLookup(&context.replica, context.transaction).require("universal").scope
            let document = DocumentID.derived(
                kind: DocumentKind.agentCommand.rawValue, key: Array("look".utf8), generation: 0)
            return try context.commit([
                Draft(
                    .agentCommand, at: DocumentAddress(scope: scope, document: document), resolves: true,
                    changes: [.set(AgentCommandField.version, .integer(version))])
            ])
        }
        var changed = request
        changed.prompt = "Look at all logs."
        let put = try await lone.node.putCommand("look", changed, as: .operator)
        #expect(put.prompt == "Look at all logs." && put.version > 0)
    }
}
