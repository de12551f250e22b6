import HiveAPI
import NIOCore

/// What stands between sockets and interfaces, one for all listeners of a server: who is let in, how many at once, and
/// what is taken down about it.
struct Door: Sendable {
    let gate: RequestGate
    let limits: AccessLimits
    let connections: ConnectionLedger
    let requests: Ledger
    /// Those without a token that have a body.
    let strangers: Ledger
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
        connections = ConnectionLedger(limits)
        requests = Ledger(limit: .max, limitForEach: limits.requestsAtOnce)
        strangers = Ledger(limit: .max, limitForEach: limits.strangersAtOnce)
    }

    /// Lets a request in by its head, has it answered, and takes down what is to be known later.
    func pass(
        _ head: HTTPCall, on channel: any Channel, _ body: (Access) async -> Listener.Answer
    ) async -> (answer: Listener.Answer, access: Access) {
        let credential: Credential?
        do { credential = try gate.admit(head) } catch {
            return (Listener.Answer("rest", (refusal(HiveError.wrapping(error), of: head), "none")), .unknown)
        }
        let (ledger, place) = place(of: head, credential)
        guard ledger.enter(place) else {
            let error = HiveError(
                .unavailable, "too many requests from there are being answered already",
                hint: "wait for some of the answers", retryAfter: 1)
            return (Listener.Answer("rest", (.problem(error), "none")), .unknown)
        }
        defer { ledger.leave(place) }
        let id = ObjectIdentifier(channel)
        let standing = connections.begin(
            id, for: credential.map { owner($0.id, $0.role, head.address) }, isHook: Self.isHook(head))
        guard standing != .refused else {
            let reply = HTTPReply.problem(Self.tooManyConnections, headers: [("Connection", "close")])
            return (Listener.Answer("rest", (reply, "none")), .unknown)
        }
        defer { connections.end(id) }
        let access = gate.access(head, credential)
        var answer = await body(access)
        if answer.reply.stream != nil, standing != .owned {
            answer.reply = .problem(Self.tooManyConnections)
        }
        if isPrivileged(answer, head, credential) {
            gate.note(answer.operation, head, status: answer.reply.status, by: access)
        }
        return (answer, access)
    }

    /// Where a request is counted. Hooks have places of their own: a token that has taken all others still asks the law.
    /// Without a token it is one of few that may take their time to send a body.
    private func place(of head: HTTPCall, _ credential: Credential?) -> (ledger: Ledger, place: String) {
        let group = head.address?.group ?? ""
        guard let credential else { return (head.hasBody ? strangers : requests, "stranger \(group)") }
        return (requests, Self.place(credential.id, head.address) + (Self.isHook(head) ? " hooks" : ""))
    }

    private static func isHook(_ head: HTTPCall) -> Bool { head.path.hasPrefix("/hooks/") }

    /// Where the requests of a token are counted.
    static func place(_ credential: String, _ address: RemoteAddress?) -> String {
        "token \(credential) \(address?.group ?? "")"
    }

    private func owner(
        _ credential: String, _ role: Caller.Role, _ address: RemoteAddress?
    ) -> ConnectionLedger.Owner {
        ConnectionLedger.Owner(
            credential: credential, group: address?.group ?? "", isOperator: role == .operator)
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

    private static var tooManyConnections: HiveError {
        HiveError(
            .unavailable, "there are too many connections", hint: "close some, or use one for many requests",
            retryAfter: 1)
    }

    /// Counts a connection until it is closed. The reason why there is no room for it; nil where there is.
    func count(_ channel: any Channel) -> HiveError? {
        let group = RemoteAddress(channel.remoteAddress)?.group ?? ""
        let id = ObjectIdentifier(channel)
        guard connections.enter(id, from: group, close: { channel.close(promise: nil) }) else {
            return Self.tooManyConnections
        }
        channel.closeFuture.whenComplete { [connections] _ in connections.leave(id) }
        return nil
    }

    /// Keeps a connection that speaks another protocol from now on. Throws `unavailable` where its token has too many.
    func keep(_ channel: any Channel, of caller: Caller, from address: RemoteAddress?) throws {
        guard let credential = caller.credential else { return }
        let owner = owner(credential, caller.role, address)
        guard connections.keep(ObjectIdentifier(channel), for: owner) else { throw Self.tooManyConnections }
    }

    /// Does something for as long as a credential counts, and the browser's session where it came by one; then the
    /// connection is closed.
    func whileHolding(
        _ access: Access, _ token: String?, closing channel: any Channel, _ work: () async throws -> Void
    ) async throws {
        let (authority, sessions) = (gate.authority, gate.sessions)
        try await Access.$current.withValue(access) {
            guard let credential = access.credential else { return try await work() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    guard await authority.end(of: credential), !Task.isCancelled else { return }
                    channel.close(promise: nil)
                }
                group.addTask {
                    guard let token, let sessions, await sessions.end(of: token), !Task.isCancelled else { return }
                    channel.close(promise: nil)
                }
                try await work()
                group.cancelAll()
            }
        }
    }
}
