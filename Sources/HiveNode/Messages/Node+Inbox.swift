public import HiveAPI
import HiveCore

/// Reading messages.
extension Node {
    public func messages(_ query: MessageQuery, as caller: Caller) async throws -> Page<MessageRecord> {
        try await naming {
            try query.checkLimits()
            _ = try RecordInput.time("since", query.since)
            let name = query.agent ?? caller.agent
            let page = try await first(within: query.wait) { entry in
                query.box == "all" || entry.from == name || entry.mayBe(for: name)
            } look: {
                let page = try self.withMessages { try MailBox(query, $0, as: caller).page() }
                return page.items.isEmpty && query.wait > 0 ? nil : page
            }
            return page ?? Page(items: [])
        }
    }

    public func message(_ id: String, as caller: Caller) async throws -> MessageRecord {
        try await naming {
            try withMessages { view in
                let entry = try view.find(id)
                let reader = caller.agent.map(view.reader)
                let concerns = reader.map { view.isFor($0, entry) || view.isFrom($0, entry) } ?? false
                guard caller.role == .operator || concerns, let record = try view.record(entry, for: reader) else {
                    throw HiveError(.notFound, "there is no message `\(id)` for you", hint: "see your inbox")
                }
                return record
            }
        }
    }

    public func mark(_ request: MarkMessages, as caller: Caller) async throws -> MarkAnswer {
        try await naming {
            try request.checkLimits()
            var marked = 0
            // Each write is bounded; an inbox may hold thousands.
            while true {
                let count = try await markSome(request, as: caller)
                marked += count
                guard count == Self.marksAtOnce else { return MarkAnswer(marked: marked) }
            }
        }
    }

    private static let marksAtOnce = 256

    /// Marks so many messages at most; answers with how many it were.
    private func markSome(_ request: MarkMessages, as caller: Caller) async throws -> Int {
        let (heard, messages) = (sync.soft.states(under: AgentPulse.prefix), try messageIndex.all())
        let read = try await kernel.write { context in
            let view = MessageView(try self.roster(heard: heard, in: &context), messages)
            let reader = try MailBox.reader(request.agent, view, as: caller)
            let wanted = try request.ids.map(view.find)
            for entry in wanted where !view.isFor(reader, entry) {
                throw HiveError(
                    .notFound, "`\(entry.id.short)` is not in the inbox of `\(reader.name)`")
            }
            let entries = request.all ? view.entries.filter { view.isFor(reader, $0) } : wanted
            let unread = try entries.filter {
                try !ReadMark.isRead($0.address, by: reader.name, in: context.transaction)
            }
            .prefix(Self.marksAtOnce)
            for entry in unread {
                try ReadMark.set(entry.address, by: reader.name, at: context.now, in: context.transaction)
            }
            let direct = unread.filter { $0.recipients.contains(.agent(reader.name, reader.node)) }
            try Receipts(mark: .read).write(direct.map { ($0, reader.name) }, in: &context)
            return unread.map(\.address)
        }
        messageIndex.note(Set(read))
        return read.count
    }
}

extension MessageIndex.Entry {
    /// Whether it may be for an agent of a name; who has which role is not looked at.
    fileprivate func mayBe(for name: String?) -> Bool {
        recipients.contains { if case .agent(let agent, _) = $0 { agent == name } else { true } }
    }
}

/// The messages that a query asks for.
private struct MailBox {
    let query: MessageQuery
    let view: MessageView
    /// Nil for an operator who looks at all.
    let reader: MessageReader?
    private let admits: (MessageIndex.Entry) -> Bool

    /// As whom a caller reads. An agent reads its own inbox.
    static func reader(_ name: String?, _ view: MessageView, as caller: Caller) throws -> MessageReader {
        if let name, name != caller.agent { try caller.requireOperator(to: "read another's mail") }
        guard let name = name ?? caller.agent else {
            throw HiveError(
                .invalidInput, "whose inbox is not said", hint: "give `agent`, or say who you are by Hive-Agent")
        }
        return view.reader(try Node.agentName(name))
    }

    init(_ query: MessageQuery, _ view: MessageView, as caller: Caller) throws {
        self.query = query
        self.view = view
        let since = try RecordInput.time("since", query.since)
        let thread = try query.thread.map { try view.find($0).thread }
        if let kind = query.kind, Message.Kind(rawValue: kind) == nil {
            let kinds = Message.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw HiveError(.invalidInput, "`\(kind)` is no kind of message", hint: "use \(kinds)")
        }
        let box = query.box ?? "inbox"
        guard ["inbox", "sent", "all"].contains(box) else {
            throw HiveError(.invalidInput, "`\(box)` is no box", hint: "use inbox, sent or all")
        }
        if box == "all" { try caller.requireOperator(to: "see all messages") }
        let reader = box == "all" ? nil : try Self.reader(query.agent, view, as: caller)
        self.reader = reader
        admits = { entry in
            if let since, entry.sent < since { return false }
            if let thread, entry.thread != thread { return false }
            if let kind = query.kind, entry.kind.rawValue != kind { return false }
            if let from = query.from {
                guard entry.from == from || entry.from.map({ view.roster.address($0, at: entry.node) }) == from else {
                    return false
                }
            }
            guard let reader else { return true }
            let (isIn, isOut) = (view.isFor(reader, entry), view.isFrom(reader, entry))
            return thread != nil ? isIn || isOut : box == "sent" ? isOut : isIn
        }
    }

    /// The most urgent first, then the newest; a thread as it went.
    func page() throws -> Page<MessageRecord> {
        let cursor = try SearchCursor(query.cursor)
        var found = view.entries.filter(admits).sorted { left, right in
            query.thread == nil
                ? (left.priority, left.stamp, left.id) > (right.priority, right.stamp, right.id)
                : (left.stamp, left.id) < (right.stamp, right.id)
        }
        if query.unread, let reader {
            found = try found.filter {
                try !ReadMark.isRead($0.address, by: reader.name, in: view.roster.transaction)
            }
        }
        let items = try found.dropFirst(cursor.offset).prefix(query.limit).compactMap {
            try view.record($0, for: query.box == "sent" ? nil : reader)
        }
        let end = cursor.offset + query.limit
        return Page(items: items, next: found.count > end ? SearchCursor(offset: end, asked: nil).text : nil)
    }
}
