public import HiveAPI
public import HiveCore
public import Logging
public import ServiceLifecycle
import Synchronization

/// A node's two listeners: REST with events and the dashboard, and MCP. Runs until it is shut down gracefully; requests
/// under way are finished first.
public struct HiveServer: Service {
    private let configuration: ServerConfiguration
    private let rest: RESTInterface
    private let mcp: MCPDoor
    private let events: EventsEndpoint
    private let metrics: HTTPMetrics
    private let logger: Logger
    private let onBound: @Sendable (BoundAddresses) async -> Void

    /// Where the listeners really are.
    public struct BoundAddresses: Sendable, Hashable {
        public let api: ListenAddress
        public let mcp: ListenAddress

        /// `http://127.0.0.1:8899`
        public var apiURL: String { "http://\(api)" }
        /// `http://127.0.0.1:8900/mcp`
        public var mcpURL: String { "http://\(mcp)\(MCPEndpoint.path)" }
    }

    /// - Parameters:
    ///   - now: what time it is.
    ///   - onBound: called once, when both listeners accept connections.
    public init(
        _ configuration: ServerConfiguration, services: NodeServices, authority: TokenAuthority, logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        onBound: @escaping @Sendable (BoundAddresses) async -> Void = { _ in }
    ) {
        let gate = RequestGate(
            hosts: configuration.hosts + [configuration.api, configuration.mcp].compactMap(\.hostName),
            authority: authority)
        self.configuration = configuration
        self.logger = logger
        self.onBound = onBound
        metrics = HTTPMetrics()
        rest = RESTInterface(services: services, gate: gate, metrics: metrics)
        mcp = MCPDoor(
            server: MCPServer(
                services: services, toolSets: configuration.toolSets, version: configuration.version),
            gate: gate, authorization: configuration.authorization, now: now)
        events = EventsEndpoint(events: services.events, gate: gate)
    }

    /// Throws `address_in_use` or `forbidden` when it cannot listen.
    public func run() async throws {
        for address in [configuration.api, configuration.mcp] { try checkReach(address) }
        let bound = Mutex<[ListenAddress?]>([nil, nil])
        let report: @Sendable (Int, ListenAddress) async -> Void = { index, address in
            let all = bound.withLock { bound in
                bound[index] = address
                return bound
            }
            if let api = all[0], let mcp = all[1] { await onBound(BoundAddresses(api: api, mcp: mcp)) }
        }
        let listeners = [
            Listener(
                address: configuration.api, front: apiFront, metrics: metrics, events: events, logger: logger,
                onBound: { await report(0, $0) }),
            Listener(
                address: configuration.mcp, front: mcpFront, metrics: metrics, events: nil, logger: logger,
                onBound: { await report(1, $0) }),
        ]
        try await ServiceGroup(services: listeners, logger: logger).run()
    }

    private func checkReach(_ address: ListenAddress) throws {
        guard !address.isLoopback, !configuration.allowsPlainText else { return }
        throw HiveError(
            .forbidden, "listening at \(address) would let other machines in without encryption",
            hint: "listen at 127.0.0.1, or put a proxy with TLS in front")
    }

    /// REST, and MCP for clients that know only this address.
    private var apiFront: Listener.Front {
        { call in
            if let answer = await mcp.answer(call) { return Listener.Answer("mcp", answer) }
            return Listener.Answer("rest", await rest.answer(call))
        }
    }

    /// MCP, and whether the node is well.
    private var mcpFront: Listener.Front {
        { call in
            if let answer = await mcp.answer(call) { return Listener.Answer("mcp", answer) }
            if call.path == "/health" || call.path == "/health/ready" {
                return Listener.Answer("rest", await rest.answer(call))
            }
            let error = HiveError(
                .notFound, "there is nothing at `\(call.path)`", hint: "MCP is at \(MCPEndpoint.path)")
            return Listener.Answer("mcp", (.problem(error), "none"))
        }
    }
}
