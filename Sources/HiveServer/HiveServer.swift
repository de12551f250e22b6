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
    private let door: Door
    private let readiness = Readiness(isServing: false)
    private let logger: Logger
    private let onBound: @Sendable (BoundAddresses) async -> Void

    /// Where the listeners really are.
    public struct BoundAddresses: Sendable, Hashable {
        public let api: ListenAddress
        public let mcp: ListenAddress
        /// Whether they speak TLS.
        public var isSecure = false
        /// The file of the socket for hooks; nil where there is none.
        public var hooks: String?

        private var scheme: String { isSecure ? "https" : "http" }
        /// `http://127.0.0.1:8899`
        public var apiURL: String { "\(scheme)://\(api.reachable)" }
        /// `http://127.0.0.1:8900/mcp`
        public var mcpURL: String { "\(scheme)://\(mcp.reachable)\(MCPEndpoint.path)" }
    }

    /// - Parameters:
    ///   - now: what time it is.
    ///   - recorder: takes down what happens at the door.
    ///   - onBound: called once, when both listeners accept connections.
    public init(
        _ configuration: ServerConfiguration, services: NodeServices, authority: TokenAuthority, logger: Logger,
        now: @escaping @Sendable () -> Timestamp, recorder: (any AccessRecorder)? = nil,
        onBound: @escaping @Sendable (BoundAddresses) async -> Void = { _ in }
    ) {
        let gate = RequestGate(
            hosts: configuration.hosts + [configuration.api, configuration.mcp].compactMap(\.hostName),
            authority: authority, limiter: RateLimiter(configuration.limits, now: now), recorder: recorder,
            sessions: DashboardSessions(now: now))
        self.configuration = configuration
        self.logger = logger
        self.onBound = onBound
        metrics = HTTPMetrics()
        rest = RESTInterface(services: services, gate: gate, metrics: metrics, readiness: readiness)
        door = Door(
            gate: gate, limits: configuration.limits, privileged: rest.privileged, identity: configuration.identity,
            authorization: configuration.authorization)
        mcp = MCPDoor(
            server: MCPServer(
                services: services, toolSets: configuration.toolSets, version: configuration.version),
            gate: gate, authorization: configuration.authorization, requests: door.requests, now: now)
        events = EventsEndpoint(events: services.events, gate: gate)
    }

    /// Throws `address_in_use` or `forbidden` when it cannot listen.
    public func run() async throws {
        for address in [configuration.api, configuration.mcp] { try checkReach(address) }
        let bound = Mutex(Bound(hooks: configuration.hooks == nil ? .some(nil) : nil))
        let report: @Sendable (@Sendable (inout Bound) -> Void) async -> Void = { [readiness, onBound] note in
            let all = bound.withLock { bound in
                note(&bound)
                return bound
            }
            guard let api = all.api, let mcp = all.mcp, let hooks = all.hooks else { return }
            readiness.serve()
            await onBound(
                BoundAddresses(api: api, mcp: mcp, isSecure: configuration.identity != nil, hooks: hooks))
        }
        var listeners: [any Service] = [
            Listener(
                address: configuration.api, door: door, front: apiFront, metrics: metrics, events: events,
                logger: logger, accessLevel: configuration.accessLevel,
                onBound: { address in await report { $0.api = address } }),
            Listener(
                address: configuration.mcp, door: door, front: mcpFront, metrics: metrics, events: nil, logger: logger,
                accessLevel: configuration.accessLevel, onBound: { address in await report { $0.mcp = address } }),
        ]
        if let path = configuration.hooks {
            listeners.append(
                HookListener(
                    path: path, door: hookDoor, front: hookFront, metrics: metrics, logger: logger,
                    accessLevel: configuration.accessLevel, onBound: { path in await report { $0.hooks = .some(path) } }
                ))
        }
        try await withGracefulShutdownHandler {
            try await ServiceGroup(services: listeners, logger: logger).run()
        } onGracefulShutdown: {
            readiness.drain()
        }
    }

    /// What is known of the listeners so far.
    private struct Bound {
        var api: ListenAddress?
        var mcp: ListenAddress?
        /// Nil until it is known whether there is one.
        var hooks: String??
    }

    /// With a count of its own, and without TLS.
    private var hookDoor: Door {
        Door(gate: door.gate, limits: configuration.limits, privileged: door.privileged)
    }

    /// The events of hooks, and nothing else.
    private var hookFront: Listener.Front {
        { call in
            guard call.path.hasPrefix("/hooks/") else {
                let error = HiveError(.notFound, "this socket is for hooks", hint: "the rest is at the port")
                return Listener.Answer("rest", (.problem(error), "none"))
            }
            return Listener.Answer("rest", await rest.answer(call))
        }
    }

    private func checkReach(_ address: ListenAddress) throws {
        guard !address.isLoopback, configuration.identity == nil, !configuration.allowsPlainText else { return }
        throw HiveError(
            .forbidden, "listening at \(address) would let other machines in without encryption",
            hint: "write `tls: auto` in hive.yaml, or the files of a certificate; or listen at 127.0.0.1")
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
