import Foundation
import HiveAPI
import HiveCore
import HiveServer
import Logging
import ServiceLifecycle
import UnixSignals

/// A server of MCP with what the public conformance scenarios call for. Takes the data directory in which it writes
/// `run.json` and the agent's token, as a node does, so that the stdio bridge finds it. Ends with its standard input.
@main
enum MCPFixture {
    static let token = "fixture-token"

    static func main() async throws {
        guard CommandLine.arguments.count == 2 else {
            throw HiveError(.invalidInput, "usage: mcp-fixture DIRECTORY")
        }
        let directory = URL(fileURLWithPath: CommandLine.arguments[1], isDirectory: true)
        try Data(token.utf8).write(to: directory.appendingPathComponent("agent.token"))
        let authority = TokenAuthority(agents: [TokenAuthority.hash(of: token)], operators: [])
        let logger = Logger(label: "fixture") { _ in SwiftLogNoOpLogHandler() }
        let host = MCPHost(
            FixtureFeatures().features, address: ListenAddress(host: "127.0.0.1", port: 0), authority: authority,
            logger: logger,
            now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
            onBound: { address in
                let run: JSONValue = [
                    "pid": .integer(Int64(ProcessInfo.processInfo.processIdentifier)),
                    "api": .string("http://\(address)"),
                    "mcp": .string("http://\(address)/mcp"),
                ]
                do { try Data(run.bytes).write(to: directory.appendingPathComponent("run.json")) } catch {
                    FileHandle.standardError.write(Data("run.json cannot be written: \(error)\n".utf8))
                    exit(5)
                }
            })
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: host)], gracefulShutdownSignals: [.sigterm], logger: logger))
        Thread.detachNewThread {
            while readLine() != nil {}
            Task { await group.triggerGracefulShutdown() }
        }
        try await group.run()
    }
}
