import HiveAPI
import HiveCore
import Logging

/// A message that the law lets out: as it will be written, and where.
struct PermittedMessage: Sendable {
    /// With the scope that was chosen, and the text that rules left.
    var request: SendMessage
    /// What the caller asked for, by which it is known again.
    var asked: JSONValue
    let from: String?
    let kind: Message.Kind
    let targets: [MessageTarget]
    /// Seconds that whoever asks waits.
    let timeout: Int?
    let warnings: [String]
}

extension Node {
    /// Chooses the scope, then asks the law about what would be written there. Throws `denied` where it is kept back.
    func permitted(_ request: SendMessage, timeout: Int?, as caller: Caller) async throws -> PermittedMessage {
        try request.checkLimits()
        let from = request.agent ?? caller.agent
        let (heard, messages) = (sync.soft.states(under: AgentPulse.prefix), try messageIndex.all())
        let (drafts, law, scope) = try kernel.consult { replica, transaction in
            let roster = try AgentRoster(
                &replica, transaction, ownName: settings.name, heard: heard, now: kernel.surroundings.now())
            let view = MessageView(roster, messages)
            let drafts = try MessageDrafts(request, from: from, timeout: timeout, view)
            let founding = try drafts.scope(settings.agents.scope, roster, &replica)
            return (drafts, MessageLaw(drafts, view, scope: founding.name), founding.scope)
        }
        var permitted = request
        permitted.scope = scope.description
        let warnings = try await permit(&permitted, law, as: caller)
        return PermittedMessage(
            request: permitted, asked: request.json, from: from, kind: drafts.kind, targets: drafts.targets,
            timeout: timeout, warnings: warnings)
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
        if let transformed = decision["transformed"]?.object, !transformed.isEmpty {
            request.text = try MessageLaw.text(transformed, rule: decision["rule"]?["id"]?.string ?? "none")
            try request.checkLimits()
        }
        guard decision["effect"]?.string == "warn", let warning = decision["message"]?.string else { return [] }
        return [warning]
    }

    /// Writes a message that the law lets out, once under a key.
    func write(_ message: PermittedMessage, as caller: Caller) async throws -> MessageRecord {
        let request = message.request
        let repeated = RepeatedRequest(request.idempotencyKey, message.asked, kind: "message", as: caller)
        let (heard, messages) = (sync.soft.states(under: AgentPulse.prefix), try messageIndex.all())
        let address = try await kernel.write { context in
            if let earlier = try repeated?.earlier(in: context.transaction) { return earlier.address }
            let view = MessageView(try self.roster(heard: heard, in: &context), messages)
            let drafts = try MessageDrafts(request, from: message.from, timeout: message.timeout, view)
            let founding = try drafts.scope(self.settings.agents.scope, view.roster, &context.replica)
            let address = Replica.newAddress(in: founding.scope, random: &context.random)
            let draft = Draft(
                .message, at: address, agent: message.from,
                changes: try drafts.changes(now: context.now, self.settings.agents))
            let state = try context.commit([draft]).states[0]
            try repeated?.keep(state.address, in: context.transaction)
            return state.address
        }
        // The caller may be answered before followers are told.
        messageIndex.note([address])
        counters.add(to: "messages_sent")
        let kind = message.kind.rawValue
        logger.debug("a message was sent", metadata: ["kind": "\(kind)", "id": "\(address.document.short)"])
        var record = try withMessages { view in try view.record(try view.find(address.document.description)) }
        record?.warnings = message.warnings
        guard let record else { throw HiveError(.expired, "the message has expired already") }
        return record
    }
}
