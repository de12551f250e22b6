import HiveAPI
import HiveCore

/// All addresses that belong to MCP.
struct MCPDoor: Sendable {
    let endpoint: MCPEndpoint
    let events: MCPLegacyEvents
    let authorization: MCPAuthorization?

    init(
        server: MCPServer, gate: RequestGate, authorization: MCPAuthorization? = nil,
        requests: Ledger = Ledger(limit: .max, limitForEach: AccessLimits().requestsAtOnce),
        now: @escaping @Sendable () -> Timestamp
    ) {
        endpoint = MCPEndpoint(server: server, gate: gate, now: now)
        events = MCPLegacyEvents(server: server, gate: gate, now: now, requests: requests)
        self.authorization = authorization
    }

    /// Whether an address is one that clients of MCP show their token at.
    static func needsToken(_ call: HTTPCall) -> Bool {
        call.path == MCPEndpoint.path || MCPLegacyEvents.concerns(call)
    }

    /// Nil for an address that is none of MCP.
    func answer(_ call: HTTPCall) async -> (reply: HTTPReply, operation: String)? {
        if let authorization, MCPAuthorization.concerns(call) {
            do { try endpoint.gate.checkSource(call) } catch {
                return (.problem(HiveError.wrapping(error)), "oauth-protected-resource")
            }
            return (authorization.document(call), "oauth-protected-resource")
        }
        guard Self.needsToken(call) else { return nil }
        let answer = call.path == MCPEndpoint.path ? await endpoint.answer(call) : events.answer(call)
        guard let authorization, (try? endpoint.gate.checkSource(call)) != nil else { return answer }
        return (authorization.challenge(answer.reply, to: call), answer.operation)
    }
}
