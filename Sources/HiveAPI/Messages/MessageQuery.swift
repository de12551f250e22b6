/// Which messages: of an inbox, what was sent, or a thread.
public struct MessageQuery: JSONRecord {
    /// Whose; default: the caller.
    public var agent: String?
    /// inbox, sent, or all that this node holds, which is for operators; default: inbox.
    public var box: String?
    public var unread: Bool
    /// RFC 3339.
    public var since: String?
    public var thread: String?
    /// Only of this sender.
    public var from: String?
    public var kind: String?
    /// Seconds to wait where there is nothing yet, up to 600.
    public var wait: Int
    /// 1 to 1000.
    public var limit: Int
    /// `next` of the page before.
    public var cursor: String?

    public init(
        agent: String? = nil, box: String? = nil, unread: Bool = false, since: String? = nil, thread: String? = nil,
        from: String? = nil, kind: String? = nil, wait: Int = 0, limit: Int = 50, cursor: String? = nil
    ) {
        self.agent = agent
        self.box = box
        self.unread = unread
        self.since = since
        self.thread = thread
        self.from = from
        self.kind = kind
        self.wait = wait
        self.limit = limit
        self.cursor = cursor
    }
}

extension MessageQuery {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.optional("agent")
        box = try fields.optional("box")
        unread = try fields.value("unread", default: false)
        since = try fields.optional("since")
        thread = try fields.optional("thread")
        from = try fields.optional("from")
        kind = try fields.optional("kind")
        wait = try fields.value("wait", default: 0)
        limit = try fields.value("limit", default: 50)
        cursor = try fields.optional("cursor")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("box", box)
        fields.put("unread", unread)
        fields.putIfPresent("since", since)
        fields.putIfPresent("thread", thread)
        fields.putIfPresent("from", from)
        fields.putIfPresent("kind", kind)
        fields.put("wait", wait)
        fields.put("limit", limit)
        fields.putIfPresent("cursor", cursor)
    }
}
