import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Commands that come from other nodes.
@Suite struct CommandTests {
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
