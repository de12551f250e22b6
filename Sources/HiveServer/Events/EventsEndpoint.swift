import HiveAPI

/// Who may listen to events, and to which. Decides from the request's head alone.
struct EventsEndpoint: Sendable {
    /// The protocol that browsers name, beside the one that carries their token: they cannot set headers.
    static let subprotocol = "hive.events"
    static let tokenPrefix = "hive.token."

    let events: any EventService
    let gate: RequestGate

    /// A listener that was let in.
    struct Subscription: Sendable {
        let topics: [String]
        let caller: Caller
        let access: Access
        /// What it showed.
        let token: String?
        /// The last event that the listener has; nil for what comes from now on.
        let after: String?
        /// The protocol to name in the answer where the client named some.
        let subprotocol: String?
    }

    /// Whether a request is a proper handshake with this endpoint: every other upgrade is ignored.
    static func concerns(_ call: HTTPCall) -> Bool {
        call.method == "GET" && call.path.hasPrefix("/ws/") && call.header("upgrade")?.lowercased() == "websocket"
            && call.header("sec-websocket-version") == "13"
            && call.header("sec-websocket-key").flatMap(Base64.decode)?.count == 16
    }

    /// Throws like every other route where the listener is not let in.
    func subscribe(_ call: HTTPCall) throws -> Subscription {
        let offered = (call.header("sec-websocket-protocol") ?? "").split { $0 == "," || $0 == " " }.map(String.init)
        let hidden = offered.first { $0.hasPrefix(Self.tokenPrefix) }
        let caller =
            if let hidden, call.bearerToken == nil {
                try gate.caller(
                    token: String(hidden.dropFirst(Self.tokenPrefix.count)), agent: nil, needing: .agent, call,
                    for: "events")
            } else {
                try gate.caller(call, needing: .agent, for: "events")
            }
        guard try call.pathParts().count == 2 else {
            throw HiveError(.notFound, "there is nothing at `\(call.path)`", hint: "events are at /ws/{machine_id}")
        }
        let query = try EventsQuery.strict(try QueryShape.object(try call.queryParts(), shape: EventsQuery.shape))
        return Subscription(
            topics: try query.topicList(), caller: caller, access: gate.access(call, caller),
            token: call.bearerToken ?? hidden.map { String($0.dropFirst(Self.tokenPrefix.count)) },
            after: try query.position(call),
            subprotocol: offered.contains(Self.subprotocol) ? Self.subprotocol : nil)
    }
}
