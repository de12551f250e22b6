import HiveAPI
import NIOCore

/// What stands between sockets and interfaces, one for all listeners of a server: who is let in, how many at once, and
/// what is taken down about it.
struct Door: Sendable {
    let gate: RequestGate
    let limits: AccessLimits
    let connections: Ledger
    let requests: Ledger
    /// Operations that only operators may ask for and that change something.
    let privileged: Set<String>
    /// Nil where listeners speak in the clear.
    let identity: ServerIdentity?
    /// Where clients of MCP get tokens; nil where they are given them by hand.
    let authorization: MCPAuthorization?

    init(
        gate: RequestGate, limits: AccessLimits, privileged: Set<String>, identity: ServerIdentity? = nil,
        authorization: MCPAuthorization? = nil
    ) {
        self.gate = gate
        self.limits = limits
        self.privileged = privileged
        self.identity = identity
        self.authorization = authorization
        connections = Ledger(limit: limits.connections, limitForEach: limits.connectionsPerAddress)
        requests = Ledger(limit: .max, limitForEach: limits.requestsAtOnce)
    }

    /// Lets a request in by its head, has it answered, and takes down what is to be known later.
    func pass(
        _ head: HTTPCall, _ body: (Access) async -> Listener.Answer
    ) async -> (answer: Listener.Answer, access: Access) {
        let group = head.address?.group ?? ""
        guard requests.enter(group) else {
            let error = HiveError(
                .unavailable, "\(limits.requestsAtOnce) requests from there are being answered already",
                hint: "wait for some of the answers", retryAfter: 1)
            return (Listener.Answer("rest", (.problem(error), "none")), .unknown)
        }
        defer { requests.leave(group) }
        let credential: Credential?
        do { credential = try gate.admit(head) } catch {
            return (Listener.Answer("rest", (refusal(HiveError.wrapping(error), of: head), "none")), .unknown)
        }
        let access = gate.access(head, credential)
        let answer = await body(access)
        if isPrivileged(answer, head, credential) {
            gate.note(answer.operation, head, status: answer.reply.status, by: access)
        }
        return (answer, access)
    }

    /// Clients of MCP whose token counts no longer are told where to get another one.
    private func refusal(_ error: HiveError, of head: HTTPCall) -> HTTPReply {
        let reply = HTTPReply.problem(error)
        guard let authorization, error.code == .unauthenticated, MCPDoor.needsToken(head) else { return reply }
        return authorization.challenge(reply, to: head)
    }

    /// What changes something in an operator's name. Names of MCP's own methods have a slash in them; tools have none.
    private func isPrivileged(_ answer: Listener.Answer, _ head: HTTPCall, _ credential: Credential?) -> Bool {
        if answer.interface == "rest" { return privileged.contains(answer.operation) }
        return credential?.role == .operator && !answer.operation.contains("/") && answer.operation.contains("_")
    }

    /// Counts a connection until it is closed. The reason why there is no room for it; nil where there is.
    func count(_ channel: any Channel) -> HiveError? {
        let group = RemoteAddress(channel.remoteAddress)?.group ?? ""
        guard connections.enter(group) else {
            return HiveError(
                .unavailable, "there are too many connections", hint: "close some, or use one for many requests",
                retryAfter: 1)
        }
        channel.closeFuture.whenComplete { _ in connections.leave(group) }
        return nil
    }

    /// Does something for as long as a credential counts; then the connection is closed.
    func whileHolding(
        _ access: Access, closing channel: any Channel, _ work: () async throws -> Void
    ) async throws {
        let authority = gate.authority
        try await Access.$current.withValue(access) {
            guard let credential = access.credential else { return try await work() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    guard await authority.end(of: credential), !Task.isCancelled else { return }
                    channel.close(promise: nil)
                }
                try await work()
                group.cancelAll()
            }
        }
    }
}
