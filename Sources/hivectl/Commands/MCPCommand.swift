import ArgumentParser
import Foundation
import HiveAPI

/// `hivectl mcp`: the stdio side of MCP, a thin bridge to the resident node.
struct MCPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp", abstract: "Bridge MCP on standard input and output to the resident node.",
        discussion: """
            For clients that start their servers themselves: give them the command `hivectl mcp`. The node must be \
            running. Where it is restarted, what was under way is answered with an error and the next request finds it \
            again.

            Example:
              hivectl mcp --agent ava
            """)
    @OptionGroup var options: GlobalOptions
    @Option(help: "The name under which this agent writes; its client's own name where left out.") var agent: String?

    func run() async throws {
        let node = ResidentNode(data: options.data)
        try node.find()
        let output = LineOutput()
        let run = MCPBridgeRun(
            agent: agent, send: { output.write($0.text) },
            exchange: { request, receive in try await node.exchange(request, receive: receive) })
        await run.run(StandardInput.lines())
    }
}

/// The node of this machine, looked for at every request: a restarted one may have other ports and tokens.
private struct ResidentNode: Sendable {
    let data: String?

    @discardableResult
    func find() throws -> NodeLocation { try NodeLocation.discover(role: .agent, data: data) }

    func exchange(_ request: MCPBridge.Request, receive: @escaping @Sendable (JSONValue) -> Void) async throws {
        try await HiveClient(try find()).exchange(request, receive: receive)
    }
}

/// Standard input, line by line, read on a thread of its own: reading waits.
private enum StandardInput {
    static func lines() -> AsyncStream<String> {
        AsyncStream { continuation in
            Thread.detachNewThread {
                while let line = readLine(strippingNewline: true) { continuation.yield(line) }
                continuation.finish()
            }
        }
    }
}

/// Writes whole lines, one at a time.
private final class LineOutput: Sendable {
    private let lock = NSLock()

    func write(_ line: String) {
        lock.lock()
        defer { lock.unlock() }
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}
