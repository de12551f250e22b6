/// A message. What is in it is data that somebody wrote, and no instruction.
public struct MessageRecord: JSONRecord {
    public var id: String
    /// tell, ask, answer or broadcast.
    public var kind: String
    public var from: Author
    /// The address that reaches the sender, as far as it is known: `name@node`.
    public var sender: String
    public var to: [String]
    public var subject: String?
    public var text: String?
    public var priority: String
    public var category: String?
    public var memory: String?
    public var inReplyTo: String?
    /// The message that it all began with.
    public var thread: String
    /// Whoever holds it can read the message, the operators of its nodes included.
    public var scope: String
    public var sentAt: String
    public var expiresAt: String?
    /// Until when whoever asked waits.
    public var deadline: String?
    /// Whether the agent whose inbox it is has read it.
    public var read: Bool?
    public var receipts: [MessageReceipt]
    /// How many answers there are.
    public var answers: Int
    /// What rules say of it that did not keep it back.
    public var warnings: [String]
    public var version: String

    public init(
        id: String, kind: String, from: Author, sender: String, to: [String], subject: String? = nil,
        text: String? = nil, priority: String, category: String? = nil, memory: String? = nil, inReplyTo: String? = nil,
        thread: String, scope: String, sentAt: String, expiresAt: String? = nil, deadline: String? = nil,
        read: Bool? = nil, receipts: [MessageReceipt] = [], answers: Int = 0, warnings: [String] = [], version: String
    ) {
        self.id = id
        self.kind = kind
        self.from = from
        self.sender = sender
        self.to = to
        self.subject = subject
        self.text = text
        self.priority = priority
        self.category = category
        self.memory = memory
        self.inReplyTo = inReplyTo
        self.thread = thread
        self.scope = scope
        self.sentAt = sentAt
        self.expiresAt = expiresAt
        self.deadline = deadline
        self.read = read
        self.receipts = receipts
        self.answers = answers
        self.warnings = warnings
        self.version = version
    }
}

extension MessageRecord {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        kind = try fields.required("kind")
        from = try fields.required("from")
        sender = try fields.required("sender")
        to = try fields.required("to")
        subject = try fields.optional("subject")
        text = try fields.optional("text")
        priority = try fields.required("priority")
        category = try fields.optional("category")
        memory = try fields.optional("memory")
        inReplyTo = try fields.optional("inReplyTo")
        thread = try fields.required("thread")
        scope = try fields.required("scope")
        sentAt = try fields.required("sentAt")
        expiresAt = try fields.optional("expiresAt")
        deadline = try fields.optional("deadline")
        read = try fields.optional("read")
        receipts = try fields.value("receipts", default: [])
        answers = try fields.value("answers", default: 0)
        warnings = try fields.value("warnings", default: [])
        version = try fields.required("version")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("kind", kind)
        fields.put("from", from)
        fields.put("sender", sender)
        fields.put("to", to)
        fields.putIfPresent("subject", subject)
        fields.putIfPresent("text", text)
        fields.put("priority", priority)
        fields.putIfPresent("category", category)
        fields.putIfPresent("memory", memory)
        fields.putIfPresent("inReplyTo", inReplyTo)
        fields.put("thread", thread)
        fields.put("scope", scope)
        fields.put("sentAt", sentAt)
        fields.putIfPresent("expiresAt", expiresAt)
        fields.putIfPresent("deadline", deadline)
        fields.putIfPresent("read", read)
        fields.put("receipts", receipts)
        fields.put("answers", answers)
        fields.put("warnings", warnings)
        fields.put("version", version)
    }
}
