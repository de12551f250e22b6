public import HiveAPI
import HiveCore
import Logging

extension Node: MessageService {
    public func send(_ request: SendMessage, as caller: Caller) async throws -> MessageRecord {
        try await naming { try await send(request, timeout: nil, as: caller) }
    }

    public func ask(_ request: AskAgent, as caller: Caller) async throws -> AskAnswer {
        try await naming {
            try request.checkLimits()
            let message = SendMessage(
                to: [request.to], text: request.text, subject: request.subject, priority: request.priority,
                expiresIn: request.expiresIn, scope: request.scope, agent: request.agent,
                idempotencyKey: request.idempotencyKey)
            let question = try await send(message, timeout: request.timeout, as: caller)
            let answer = try await first(within: request.timeout) { () -> MessageRecord? in
                let isAnswered = try self.messageIndex.all().contains { $0.inReplyTo?.description == question.id }
                guard isAnswered else { return nil }
                return try self.withMessages { view in
                    let found = view.entries.filter { $0.inReplyTo?.description == question.id }
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

    /// Asks the law, then writes the message.
    func send(_ request: SendMessage, timeout: Int?, as caller: Caller) async throws -> MessageRecord {
        var request = request
        try request.checkLimits()
        let from = request.agent ?? caller.agent
        let (verdict, kind) = try withMessages { view in
            let drafts = try MessageDrafts(request, from: from, timeout: timeout, view)
            return (MessageLaw(drafts, view, usual: settings.agents.scope), drafts.kind)
        }
        let warnings = try await permit(&request, verdict, as: caller)
        let repeated = RepeatedRequest(request.idempotencyKey, request.json, kind: "message", as: caller)
        let (heard, messages) = (sync.soft.states(under: AgentPulse.prefix), try messageIndex.all())
        let address = try await kernel.write { [request] context in
            if let earlier = try repeated?.earlier(in: context.transaction) { return earlier.address }
            let view = MessageView(try self.roster(heard: heard, in: &context), messages)
            let drafts = try MessageDrafts(request, from: from, timeout: timeout, view)
            let founding = try drafts.scope(self.settings.agents.scope, view.roster, &context.replica)
            let address = Replica.newAddress(in: founding.scope, random: &context.random)
            let draft = Draft(
                .message, at: address, agent: from,
                changes: try drafts.changes(now: context.now, self.settings.agents))
            let state = try context.commit([draft]).states[0]
            try repeated?.keep(state.address, in: context.transaction)
            return state.address
        }
        // The caller may be answered before followers are told.
        messageIndex.note([address])
        counters.add(to: "messages_sent")
        logger.debug("a message was sent", metadata: ["kind": "\(kind.rawValue)", "id": "\(address.document.short)"])
        var record = try withMessages { view in try view.record(try view.find(address.document.description)) }
        record?.warnings = warnings
        guard let record else { throw HiveError(.expired, "the message has expired already") }
        return record
    }

    /// Asks the rules about a message. They may change its text, warn, or keep it back.
    private func permit(_ request: inout SendMessage, _ law: MessageLaw, as caller: Caller) async throws -> [String] {
        let decision = try await decide(law.input, explain: false, as: caller)
        guard decision["allowed"]?.bool ?? false else {
            counters.add(to: "messages_refused")
            let rule = decision["rule"]?["id"]?.string.map { " by rule `\($0)`" } ?? ""
            throw HiveError(
                .denied, "the message was not sent\(rule): \(decision["message"]?.string ?? "it is not allowed")",
                hint: decision["remediation"]?.string)
        }
        if let text = decision["transformed"]?["content"]?.string { request.text = text }
        guard decision["effect"]?.string == "warn", let warning = decision["message"]?.string else { return [] }
        return [warning]
    }

    public func share(_ discovery: ShareDiscovery, as caller: Caller) async throws -> DiscoveryAnswer {
        try await naming {
            try discovery.checkLimits()
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
            let from = message.agent ?? caller.agent
            let (law, targets) = try withMessages { view in
                let drafts = try MessageDrafts(message, from: from, timeout: nil, view)
                return (MessageLaw(drafts, view, usual: settings.agents.scope), drafts.targets)
            }
            // Before anything is kept: what may not be told is not stored for everybody either.
            _ = try await permit(&message, law, as: caller)
            var memory = StoreMemory(content: message.text)
            memory.category = discovery.category
            memory.tags = discovery.tags + (severity == "info" ? [] : [severity])
            memory.scope = discovery.scope
            memory.agent = discovery.agent
            let kept = try await store(memory, as: caller).memory
            message.memory = kept.id
            let sent = try await send(message, timeout: nil, as: caller)
            let interested = try withRoster { roster in
                roster.entries.filter { entry in
                    entry.state != .retired && (entry.name != from || entry.node != roster.own)
                        && targets.contains { $0.includes(entry.reader) }
                }.count
            }
            return DiscoveryAnswer(memory: kept.id, message: sent, interested: interested)
        }
    }

    /// Reads the messages as they are now.
    func withMessages<Result>(_ work: (MessageView) throws -> Result) throws -> Result {
        let messages = try messageIndex.all()
        return try withRoster { roster in try work(MessageView(roster, messages)) }
    }

    /// Looks until something is there, whenever messages changed; nil once so many seconds are over.
    func first<Found: Sendable>(
        within seconds: Int, _ look: @Sendable @escaping () throws -> Found?
    ) async throws -> Found? {
        if seconds == 0 { return try look() }
        let index = messageIndex
        return try await withThrowingTaskGroup(of: Found?.self) { group in
            group.addTask {
                for await _ in index.changes() { if let found = try look() { return found } }
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
