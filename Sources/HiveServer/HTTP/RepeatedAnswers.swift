import HiveAPI
import HiveCore
import Synchronization

/// Makes writes once under their idempotency keys, and keeps the last answers to give them again. The node itself keeps
/// the keys, on disk; what is kept here is lost with the process, and then the caller is told that all was done.
final class RepeatedAnswers: Sendable {
    /// How many answers are kept, and how large one may be.
    static let capacity = 256
    static let largest = 64 << 10

    private struct Name: Hashable {
        let owner: String
        let key: String
    }

    private struct Kept {
        let request: [UInt8]
        /// Nil while it is being made.
        let reply: HTTPReply?
    }

    private struct State {
        var kept: [Name: Kept] = [:]
        var order: [Name] = []
    }

    private let state = Mutex(State())

    /// Answers by the route, once for each key. Throws `key_reused` for another request under a used key.
    func answer(_ call: RouteCall, by route: Route) async throws -> HTTPReply {
        guard route.isWrite, let key = try call.idempotencyKey() else { return try await route.handle(call) }
        if case .own = route.repetition { return try await route.handle(call) }
        let request = Self.digest(of: call)
        let writeKey = WriteKey(key, request: request, as: call.caller)
        guard case .reading(let read) = route.repetition else {
            return try await remembered(Name(owner: call.caller.owner, key: key), request) {
                try await WriteKey.$current.withValue(writeKey) { try await route.handle(call) }
            }
        }
        do {
            return try await WriteKey.$current.withValue(writeKey) { try await route.handle(call) }
        } catch let error as HiveError where error.code == .alreadyDone {
            guard let document = writeKey.earlierDocument else { throw error }
            return Self.marked(try await read(call, document))
        }
    }

    private func remembered(
        _ name: Name, _ request: [UInt8], _ work: () async throws -> HTTPReply
    ) async throws -> HTTPReply {
        if let reply = try begin(name, request) { return Self.marked(reply) }
        do {
            let reply = try await work()
            end(name, request, reply)
            return reply
        } catch {
            end(name, request, nil)
            throw error
        }
    }

    /// The answer that was given before; nil where this request is the first.
    private func begin(_ name: Name, _ request: [UInt8]) throws -> HTTPReply? {
        try state.withLock { state in
            guard let kept = state.kept[name] else {
                state.kept[name] = Kept(request: request, reply: nil)
                return nil
            }
            guard kept.request == request else {
                throw HiveError(
                    .keyReused, "the idempotency key was used for another request",
                    hint: "take a new key for each request")
            }
            guard let reply = kept.reply else {
                throw HiveError(
                    .alreadyDone, "a request with this idempotency key is being answered", hint: "wait for its answer")
            }
            return reply
        }
    }

    private func end(_ name: Name, _ request: [UInt8], _ reply: HTTPReply?) {
        state.withLock { state in
            guard let reply, reply.stream == nil, reply.status < 300, reply.body.count <= Self.largest else {
                state.kept[name] = nil
                return
            }
            state.kept[name] = Kept(request: request, reply: reply)
            state.order.append(name)
            if state.order.count > Self.capacity { state.kept[state.order.removeFirst()] = nil }
        }
    }

    private static func marked(_ reply: HTTPReply) -> HTTPReply {
        var reply = reply
        reply.headers.append(("Idempotency-Replayed", "true"))
        return reply
    }

    /// All that makes a request what it is: two that differ in anything here are different requests.
    private static func digest(of call: RouteCall) -> [UInt8] {
        let parts = [
            call.http.method, String(call.http.target), call.http.header("if-match") ?? "", call.caller.agent ?? "",
        ]
        return Digest.sha256(domain: "hive/1/answer", Array(parts.joined(separator: "\n").utf8), call.http.body).bytes
    }
}

extension Route {
    /// The same route, repeated by reading again where it answers with what was written.
    func repeated(by services: NodeServices) -> Route {
        guard isWrite, case .answer = repetition else { return self }
        var route = self
        if input.headers.contains("Idempotency-Key") {
            route.repetition = .own
            return route
        }
        switch output.body?.name {
        case "MemoryAnswer":
            route.repetition = .reading { call, id in
                let memory = try await services.memories.memory(id, as: call.caller)
                return RESTInterface.reply(MemoryAnswer(memory: memory), status: 200)
            }
        case "PromotionAnswer":
            route.repetition = .reading { call, id in
                let memory = try await services.memories.memory(id, as: call.caller)
                return .json(
                    PromotionAnswer(memory: memory, created: false, changed: false, original: call.id).json,
                    headers: [RESTInterface.etag(memory.version)])
            }
        case "IncidentRecord":
            route.repetition = .reading { call, id in
                .json(try await services.records.incident(id, as: call.caller).json)
            }
        case "RunbookRecord":
            route.repetition = .reading { call, id in
                .json(try await services.records.runbook(id, as: call.caller).json)
            }
        case "InfrastructureRecord":
            route.repetition = .reading { call, _ in
                let seen = try call.body(as: RecordInfrastructure.self)
                return .json(
                    try await services.records.infrastructure(
                        of: seen.machine, seen.component ?? "", scope: seen.scope, as: call.caller
                    ).json)
            }
        case "WorkingSetAnswer": route.repetition = .own
        default: break
        }
        return route
    }
}
