import HiveAPI
import HiveCore

/// A message that is about to be sent: whom it is for, and where it is written.
struct MessageDrafts {
    let request: SendMessage
    let kind: Message.Kind
    let from: String?
    let targets: [MessageTarget]
    let parent: MessageIndex.Entry?
    /// Seconds that whoever asks waits.
    let timeout: Int?

    /// Finds out whom a request means. Throws where nobody is called so, or what it answers is gone.
    init(_ request: SendMessage, from: String?, timeout: Int?, _ view: MessageView) throws {
        self.request = request
        self.from = try from.map(Node.agentName)
        self.timeout = timeout
        parent = try request.inReplyTo.map(view.find)
        if let parent, request.to.isEmpty {
            targets = parent.from.map { [.agent($0, parent.node)] } ?? []
        } else {
            targets = try request.to.map { try Self.target($0, view.roster) }
        }
        guard parent != nil || !targets.isEmpty else {
            throw HiveError(.invalidInput, "`to` is empty", hint: "name an agent, role:ROLE, capability:WORD or all")
        }
        if timeout != nil {
            kind = .ask
        } else if parent != nil {
            kind = .answer
        } else {
            kind = targets.allSatisfy(\.isDirect) ? .tell : .broadcast
        }
    }

    static func target(_ text: String, _ roster: AgentRoster) throws -> MessageTarget {
        if text == "all" { return .everybody }
        for (prefix, make) in [("role:", MessageTarget.role), ("capability:", MessageTarget.capability)] {
            guard text.hasPrefix(prefix) else { continue }
            let name = String(text.dropFirst(prefix.count))
            guard !name.isEmpty else { throw HiveError(.invalidInput, "`\(text)` names no one") }
            return make(name)
        }
        let entry = try roster.find(text)
        guard entry.state != .retired else {
            throw HiveError(
                .illegalTransition, "`\(text)` has retired and reads nothing any more",
                hint: "`hivectl agents list` shows who is there")
        }
        return .agent(entry.name, entry.node)
    }

    /// The scope that it is written in: what the request says, where it answers, the own scope of the one agent that it is
    /// for, or the roster's.
    func scope(
        _ usual: ScopeName, _ roster: AgentRoster, _ replica: inout Replica
    ) throws -> ScopeFounding {
        if let scope = request.scope { return try roster.lookup.require(scope) }
        if let parent, let founding = roster.lookup.foundings.first(where: { $0.scope == parent.address.scope }) {
            return founding
        }
        if targets.count == 1, case .agent(let name, let node) = targets[0] {
            for founding in roster.lookup.foundings
            where founding.name.kind == .agent && founding.name.name == name {
                let authority = try replica.authority(of: founding.scope, in: roster.transaction)
                let mayWrite = authority.role(of: roster.own)?.mayWrite(.traffic) ?? false
                let mayRead = authority.role(of: node).map { $0 != .appender } ?? false
                if mayWrite, mayRead { return founding }
            }
        }
        return try roster.lookup.require(usual.description)
    }

    func changes(now: Timestamp, _ settings: AgentSettings) throws -> [Draft.Change] {
        var changes: [Draft.Change] = [
            .set(MessageField.text, .text(request.text)), .set(MessageField.kind, .text(kind.rawValue)),
            .set(MessageField.recipients, .array(targets.map(\.value))),
            .set(MessageField.priority, .integer(try priority().rawValue)),
        ]
        let texts: [(UInt64, String?)] = [
            (MessageField.subject, request.subject), (MessageField.from, from),
            (MessageField.memory, request.memory), (MessageField.category, request.category),
        ]
        for (field, text) in texts { if let text { changes.append(.set(field, .text(text))) } }
        if let parent {
            changes.append(.set(MessageField.inReplyTo, .bytes(parent.id.bytes)))
            changes.append(.set(MessageField.thread, .bytes(parent.thread.bytes)))
        }
        let usual = kind == .broadcast ? settings.broadcastExpiry : settings.messageExpiry
        let expires = now.advanced(bySeconds: request.expiresIn.map(Int64.init) ?? usual)
        changes.append(.set(MessageField.expires, .integer(expires.milliseconds)))
        if let timeout {
            let deadline = now.advanced(bySeconds: Int64(timeout))
            changes.append(.set(MessageField.deadline, .integer(deadline.milliseconds)))
        }
        return changes
    }

    private func priority() throws -> MessagePriority {
        guard let name = request.priority else { return .normal }
        guard let priority = MessagePriority(name: name) else {
            let names = MessagePriority.allCases.map(\.name).joined(separator: ", ")
            throw HiveError(.invalidInput, "`\(name)` is no priority", hint: "use \(names)")
        }
        return priority
    }
}
