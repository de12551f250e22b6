import HiveAPI
import HiveCore
import Logging
import ServiceLifecycle

@testable import HiveServer

/// Runs a server on free ports for the time of a test and shuts it down gracefully after it.
enum LiveServer {
    struct Running: Sendable {
        let node: InMemoryNode
        let addresses: HiveServer.BoundAddresses
        /// Begins the end of the server while the test goes on.
        let shutDown: @Sendable () async -> Void

        func client(_ token: String = Interface.operatorToken) -> HiveClient {
            HiveClient(
                NodeLocation(api: addresses.apiURL, mcp: addresses.mcpURL, token: token), timeoutSeconds: 20)
        }
    }

    static func run(
        toolSets: [ToolSet] = [.core], authority: TokenAuthority = Interface.authority,
        recorder: (any AccessRecorder)? = nil, adjust: (inout ServerConfiguration) -> Void = { _ in },
        _ test: @escaping @Sendable (Running) async throws -> Void
    ) async throws {
        let node = InMemoryNode()
        let (bound, continuation) = AsyncStream.makeStream(of: HiveServer.BoundAddresses.self)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let free = ListenAddress(host: "127.0.0.1", port: 0)
        var configuration = ServerConfiguration(api: free, mcp: free, toolSets: toolSets)
        adjust(&configuration)
        let server = HiveServer(
            configuration, services: node.services, authority: authority, logger: logger, now: { Interface.now },
            recorder: recorder, onBound: { continuation.yield($0) })
        let group = ServiceGroup(services: [server], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await group.run()
            }
            for await addresses in bound {
                let running = Running(
                    node: node, addresses: addresses, shutDown: { await group.triggerGracefulShutdown() })
                do { try await test(running) } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
