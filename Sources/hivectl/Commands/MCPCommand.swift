import ArgumentParser
import Foundation
import HiveAPI

/// `hivectl mcp`: the stdio side of MCP, a thin bridge to the resident node.
struct MCPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp", abstract: "Bridge MCP on standard input and output to the resident node.",
        discussion: """
            For clients that start a program and speak with it; they share the one node of this machine.

            Example:
              hivectl mcp
            """)
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let client = HiveClient(try NodeLocation.discover(role: .agent, data: options.data), timeoutSeconds: 600)
        var bridge = MCPBridge()
        let output = LineOutput()
        await withDiscardingTaskGroup { group in
            while let line = readLine(strippingNewline: true) {
                switch bridge.step(for: line) {
                case .skip: continue
                case .answer(let text): output.write(text)
                case .forward(let request):
                    // The first message of a conversation is answered before the next one is sent.
                    if request.isOpening {
                        for line in await client.forward(request) { output.write(line) }
                    } else {
                        group.addTask { for line in await client.forward(request) { output.write(line) } }
                    }
                }
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

extension MCPBridge.Request {
    /// Whether this is the handshake of a legacy client.
    fileprivate var isOpening: Bool { String(decoding: body.prefix(400), as: UTF8.self).contains("\"initialize\"") }
}
