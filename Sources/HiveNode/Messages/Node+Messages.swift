public import HiveAPI
import HiveCore
import Logging

extension Node: MessageService {
    public func send(_ request: SendMessage, as caller: Caller) async throws -> MessageRecord {
        try await naming {
            try duty.demand(request.agent ?? caller.agent)
            return try await deliver(request, as: caller)
        }
    }

    /// Asks the law, then writes the message.
    func deliver(_ request: SendMessage, timeout: Int? = nil, as caller: Caller) async throws -> MessageRecord {
        try await write(permitted(request, timeout: timeout, as: caller), as: caller)
    }

    public func ask(_ request: AskAgent, as caller: Caller) async throws -> AskAnswer {
        try await naming {
            try request.checkLimits()
            try duty.demand(request.agent ?? caller.agent)
            let message = SendMessage(
                to: [request.to], text: request.text, subject: request.subject, priority: request.priority,
                expiresIn: request.expiresIn, scope: request.scope, agent: request.agent,
                idempotencyKey: request.idempotencyKey)
            let question = try await deliver(message, timeout: request.timeout, as: caller)
            let answer = try await first(within: request.timeout) {
                $0.inReplyTo?.description == question.id
            } look: { () -> MessageRecord? in
                try self.withMessages { view in
                    guard let asked = view.entries.first(where: { $0.id.description == question.id }) else {
                        return nil
                    }
                    // Whoever holds the scope may speak of the question: the answer is what those say who were asked.
                    let found = view.entries.filter { $0.inReplyTo == asked.id && view.wasAsked($0, asked) }
                    return try found.min { ($0.stamp, $0.id) < ($1.stamp, $1.id) }.flatMap { try view.record($0) }
                }
            }
            let current = try withMessages { view in try view.record(try view.find(question.id)) } ?? question
            guard let answer else {
                counters.add(to: "questions_unanswered")
                return AskAnswer(
                    answered: false, question: current,
                    note: "nobody answered within \(request.timeout) s; the question stays until "
                        + "\(question.expiresAt ?? "it is answered"), and its answer will be in the inbox")
            }
            return AskAnswer(answered: true, question: current, answer: answer)
        }
    }

    public func share(_ discovery: ShareDiscovery, as caller: Caller) async throws -> DiscoveryAnswer {
        try await naming {
            try discovery.checkLimits()
            try duty.demand(discovery.agent ?? caller.agent)
            let priorities = ["info": "normal", "warning": "high", "critical": "urgent"]
            let severity = discovery.severity ?? "info"
            guard let priority = priorities[severity] else {
                throw HiveError(
                    .invalidInput, "`\(severity)` is no severity", hint: "use info, warning or critical")
            }
            var message = SendMessage(to: discovery.to, text: discovery.content, priority: priority)
            message.category = discovery.category
            message.scope = discovery.scope
            message.agent = discovery.agent
            message.idempotencyKey = discovery.idempotencyKey
            // Before anything is kept: what may not be told is not stored for everybody either.
            var permitted = try await permitted(message, timeout: nil, as: caller)
            permitted.asked = discovery.json
            if let earlier = try earlier(discovery, as: caller) { return try answer(earlier, permitted) }
            var memory = StoreMemory(content: permitted.request.text)
            memory.category = discovery.category
            memory.tags = discovery.tags + (severity == "info" ? [] : [severity])
            memory.scope = discovery.scope
            memory.agent = discovery.agent
            memory.idempotencyKey = discovery.idempotencyKey.map { "share/memory/\($0)" }
            permitted.request.memory = try await store(memory, as: caller).memory.id
            return try answer(try await write(permitted, as: caller), permitted)
        }
    }

    /// What an earlier request under the same key shared; nil where this is the first. Throws `key_reused` where that was
    /// another request.
    private func earlier(_ discovery: ShareDiscovery, as caller: Caller) throws -> MessageRecord? {
        let repeated = RepeatedRequest(discovery.idempotencyKey, discovery.json, kind: "message", as: caller)
        guard let state = try kernel.read({ try repeated?.earlier(in: $0) }) else { return nil }
        return try withMessages { view in try view.record(try view.find(state.address.document.description)) }
    }

    private func answer(_ record: MessageRecord, _ sent: PermittedMessage) throws -> DiscoveryAnswer {
        let interested = try withRoster { roster in
            roster.entries.filter { entry in
                entry.state != .retired && (entry.name != sent.from || entry.node != roster.own)
                    && sent.targets.contains { $0.includes(entry.reader) }
            }.count
        }
        return DiscoveryAnswer(memory: record.memory ?? "", message: record, interested: interested)
    }

    /// Reads the messages as they are now.
    func withMessages<Result>(_ work: (MessageView) throws -> Result) throws -> Result {
        let messages = try messageIndex.all()
        return try withRoster { roster in try work(MessageView(roster, messages)) }
    }

    /// Looks until something is there; nil once so many seconds are over.
    ///
    /// - Parameter concerns: whether a message that came may be what is waited for. Nobody looks for the sake of others' mail.
    func first<Found: Sendable>(
        within seconds: Int, concerns: @Sendable @escaping (MessageIndex.Entry) -> Bool,
        look: @Sendable @escaping () throws -> Found?
    ) async throws -> Found? {
        if seconds == 0 { return try look() }
        let index = messageIndex
        return try await withThrowingTaskGroup(of: Found?.self) { group in
            group.addTask {
                var seen: Int?
                for await _ in index.changes() {
                    if let news = try index.news(since: &seen), !news.contains(where: concerns) { continue }
                    if let found = try look() { return found }
                }
                return nil
            }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            defer { group.cancelAll() }
            let found = try await group.next() ?? nil
            // The caller has gone away, or the time is over: what came at the last moment counts.
            return try found ?? look()
        }
    }
}
