import HiveAPI
import HiveCore
import ServiceLifecycle
import Synchronization

/// The transport of the revision 2024-11-05: a stream of events from `GET /sse` on, and messages by POST to the address that
/// its first event names. A conversation lives as long as its stream.
struct MCPLegacyEvents: Sendable {
    static let path = "/sse"

    let server: MCPServer
    let gate: RequestGate
    let now: @Sendable () -> Timestamp
    /// Where requests that are worked on are counted, those of conversations like all others.
    let requests: Ledger
    let conversations = MCPConversations()

    static func concerns(_ call: HTTPCall) -> Bool { call.path == path || call.path.hasPrefix(path + "/") }

    /// Always answers.
    func answer(_ call: HTTPCall) -> (reply: HTTPReply, operation: String) {
        do {
            try gate.checkSource(call)
            let caller = try gate.caller(call, needing: .agent)
            switch (call.method, call.path == Self.path) {
            case ("GET", true): return (try open(caller, Door.place(caller.credential ?? "", call.address)), "sse")
            case ("POST", false): return (try take(call, caller), "sse")
            default:
                let allowed = call.path == Self.path ? "GET" : "POST"
                let error = HiveError(.methodNotAllowed, "`\(call.path)` takes \(allowed) only")
                return (.problem(error, headers: [("Allow", allowed)]), "sse")
            }
        } catch {
            return (.problem(HiveError.wrapping(error)), "sse")
        }
    }

    private func open(_ caller: Caller, _ place: String) throws -> HTTPReply {
        let inbox = MCPInbox()
        let id = try conversations.begin(MCPConversations.Entry(inbox: inbox, caller: caller))
        let (frames, outbox) = AsyncThrowingStream<[UInt8], any Error>.makeStream(
            bufferingPolicy: .bufferingNewest(MCPEventStream.capacity))
        outbox.yield(MCPEventStream.frame("\(Self.path)/\(id)", event: "endpoint"))
        let task = Task { [server, now, conversations, requests] in
            let beats = Task { try await MCPEventStream.beat(outbox) }
            let run = MCPBridgeRun(
                agent: caller.agent,
                send: { message in
                    // A client that does not read loses answers. The end of its stream tells it.
                    if case .dropped = outbox.yield(MCPEventStream.frame(message)) { outbox.finish() }
                },
                watch: { inbox.note($0, $1) },
                exchange: { request, receive in
                    let isSubscription = request.message["method"] == "subscriptions/listen"
                    guard isSubscription || requests.enter(place) else { throw Self.tooMany }
                    defer { if !isSubscription { requests.leave(place) } }
                    await Self.exchange(request, server, MCPContext(caller: caller, now: now()), receive)
                })
            await withGracefulShutdownHandler {
                await run.run(inbox.lines)
            } onGracefulShutdown: {
                inbox.finish()
            }
            beats.cancel()
            conversations.end(id)
            outbox.finish()
        }
        outbox.onTermination = { [conversations] _ in
            conversations.end(id)
            task.cancel()
        }
        return MCPEventStream.reply(frames)
    }

    private static var tooMany: HiveError {
        HiveError(
            .unavailable, "too many requests with this token are being answered already",
            hint: "wait for some of the answers", retryAfter: 1)
    }

    /// One request of the conversation, answered by the same engine as every other.
    private static func exchange(
        _ request: MCPBridge.Request, _ server: MCPServer, _ context: MCPContext,
        _ receive: @escaping @Sendable (JSONValue) -> Void
    ) async {
        let reply: MCPReply
        do {
            guard let opening = try server.open(request.message, in: context) else { return }
            reply = await server.answer(opening) { message in
                receive(message)
                return true
            }
        } catch {
            reply = await server.answer(request.message, in: context)
        }
        if let message = reply.message { receive(message) }
    }

    private func take(_ call: HTTPCall, _ caller: Caller) throws -> HTTPReply {
        try MCPEndpoint.checkTypes(call)
        let id = String(call.path.dropFirst(Self.path.count + 1))
        guard let entry = conversations.entry(id), entry.caller.role == caller.role,
            entry.caller.credential == caller.credential
        else {
            throw HiveError(
                .notFound, "there is no conversation `\(id)`", hint: "begin one with GET \(Self.path)")
        }
        guard let line = String(validating: call.body, as: UTF8.self) else {
            throw HiveError(.invalidJSON, "the message is not valid UTF-8")
        }
        try entry.inbox.offer(line)
        return HTTPReply(status: 202)
    }
}

/// The conversations that are open.
final class MCPConversations: Sendable {
    static let most = 512
    /// The same for each token.
    static let mostForEach = 256

    struct Entry: Sendable {
        let inbox: MCPInbox
        let caller: Caller
    }

    private let entries = Mutex<[String: Entry]>([:])

    /// An id that nobody guesses. Throws `unavailable` where there are too many conversations.
    func begin(_ entry: Entry) throws -> String {
        let id = RandomSecret.make()
        try entries.withLock { entries in
            let own = entries.values.count { $0.caller.credential == entry.caller.credential }
            guard entries.count < Self.most, own < Self.mostForEach else {
                throw HiveError(.unavailable, "there are too many open conversations", hint: "close some, or use /mcp")
            }
            entries[id] = entry
        }
        return id
    }

    func entry(_ id: String) -> Entry? { entries.withLock { $0[id] } }

    func end(_ id: String) { entries.withLock { $0.removeValue(forKey: id) }?.inbox.finish() }

    var count: Int { entries.withLock { $0.count } }
}
