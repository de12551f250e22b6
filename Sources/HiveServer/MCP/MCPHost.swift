import HiveAPI
package import HiveCore
package import Logging
import ServiceLifecycle

/// MCP alone on a port of its own: for servers that are no node.
package struct MCPHost: Service {
    private let listener: Listener

    /// - Parameter onBound: called once with the port, when it accepts connections.
    package init(
        _ features: MCPFeatures, address: ListenAddress, authority: TokenAuthority, logger: Logger,
        now: @escaping @Sendable () -> Timestamp, onBound: @escaping @Sendable (ListenAddress) async -> Void
    ) {
        let gate = RequestGate(hosts: [], authority: authority)
        let mcp = MCPDoor(server: MCPServer(features), gate: gate, now: now)
        listener = Listener(
            address: address, door: Door(gate: gate, limits: AccessLimits(), privileged: []),
            front: { call in
                let error = HiveError(
                    .notFound, "there is nothing at `\(call.path)`", hint: "MCP is at \(MCPEndpoint.path)")
                return Listener.Answer("mcp", await mcp.answer(call) ?? (HTTPReply.problem(error), "none"))
            }, metrics: HTTPMetrics(), events: nil, logger: logger, accessLevel: .debug,
            onBound: onBound)
    }

    package func run() async throws { try await listener.run() }
}
