import HiveAPI
import HiveCore

/// Shows messages, to one reader at one moment.
struct MessageView {
    let roster: AgentRoster
    /// Every message that this node holds.
    let entries: [MessageIndex.Entry]
    private let answers: [DocumentID: Int]

    /// - Parameter messages: all that there are.
    init(_ roster: AgentRoster, _ messages: [MessageIndex.Entry]) {
        self.roster = roster
        let held = Set(roster.lookup.scopes)
        let now = roster.now
        entries = messages.filter { held.contains($0.address.scope) && !$0.isOver(at: now) }
        answers = entries.reduce(into: [:]) { counts, entry in
            if let question = entry.inReplyTo { counts[question, default: 0] += 1 }
        }
    }

    /// The one message whose identity begins so. Throws `not_found` or `ambiguous`.
    func find(_ id: String) throws -> MessageIndex.Entry {
        let digits = id.lowercased()
        guard (4...32).contains(digits.count), digits.allSatisfy(\.isHexDigit) else {
            throw HiveError(.notFound, "`\(id)` is no message's id", hint: "ids have 4 to 32 hexadecimal digits")
        }
        let found = entries.filter { $0.id.description.hasPrefix(digits) }
        guard found.count <= 1 else {
            throw HiveError(
                .ambiguous, "`\(id)` is the beginning of \(found.count) messages", hint: "write more of it")
        }
        guard let entry = found.first else {
            throw HiveError(.notFound, "there is no message `\(id)`", hint: "it may have expired")
        }
        return entry
    }

    /// An agent of this node, as whom messages are read.
    func reader(_ name: String) -> MessageReader {
        let own = roster.entries.filter { $0.name == name && $0.node == roster.own }
        let entry = own.first { $0.state != .retired } ?? own.first
        return entry?.reader ?? MessageReader(name: name, node: roster.own)
    }

    /// Whether a message is in the inbox of a reader. What it sent itself is not.
    func isFor(_ reader: MessageReader, _ entry: MessageIndex.Entry) -> Bool {
        guard entry.from != reader.name || entry.node != reader.node else {
            return entry.recipients.contains(.agent(reader.name, reader.node))
        }
        return entry.recipients.contains { $0.includes(reader) }
    }

    /// Whether an answer is by somebody whom a question was for.
    func wasAsked(_ answer: MessageIndex.Entry, _ question: MessageIndex.Entry) -> Bool {
        guard let name = answer.from else { return false }
        let entry = roster.entries.first { $0.name == name && $0.node == answer.node && $0.state != .retired }
        let author = entry?.reader ?? MessageReader(name: name, node: answer.node)
        return question.recipients.contains { $0.includes(author) }
    }

    func isFrom(_ reader: MessageReader, _ entry: MessageIndex.Entry) -> Bool {
        entry.from == reader.name && entry.node == reader.node
    }

    /// The message as callers get it; nil where it went just now.
    func record(_ entry: MessageIndex.Entry, for reader: MessageReader? = nil) throws -> MessageRecord? {
        guard let state = try roster.transaction.documents.state(entry.address), let message = Message(state) else {
            return nil
        }
        var record = MessageRecord(
            id: entry.id.description, kind: entry.kind.rawValue,
            from: Author(agent: entry.from, node: entry.node.description),
            sender: entry.from.map { roster.address($0, at: entry.node) } ?? roster.names[entry.node]
                ?? entry.node.short, to: entry.recipients.map(text), priority: entry.priority.name,
            thread: entry.thread.description, scope: roster.lookup.name(of: entry.address.scope),
            sentAt: entry.sent.rfc3339, version: state.version.token)
        record.subject = message.subject
        record.text = message.text
        record.category = message.category
        record.memory = message.memory
        record.inReplyTo = entry.inReplyTo?.description
        record.expiresAt = entry.expires?.rfc3339
        record.deadline = message.deadline?.rfc3339
        record.receipts = receipts(of: entry)
        record.answers = answers[entry.id] ?? 0
        if let reader {
            record.read = try ReadMark.isRead(entry.address, by: reader.name, in: roster.transaction)
        }
        return record
    }

    /// What was said about it; and that an agent of the sender's node has it, since it is on that disk.
    private func receipts(of entry: MessageIndex.Entry) -> [MessageReceipt] {
        var receipts = entry.receipts.map {
            MessageReceipt(
                agent: $0.agent, node: $0.node.description, state: $0.mark.rawValue, at: $0.at.rfc3339)
        }
        for case .agent(let name, let node) in entry.recipients where node == entry.node {
            guard !entry.receipts.contains(where: { $0.agent == name && $0.node == node }) else { continue }
            receipts.append(
                MessageReceipt(agent: name, node: node.description, state: "delivered", at: entry.sent.rfc3339))
        }
        return receipts
    }

    /// A target as it is written in requests.
    func text(_ target: MessageTarget) -> String {
        switch target {
        case .agent(let name, let node): roster.address(name, at: node)
        case .role(let role): "role:\(role)"
        case .capability(let capability): "capability:\(capability)"
        case .everybody: "all"
        }
    }
}
