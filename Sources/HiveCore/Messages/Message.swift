/// A message between agents, read from its document.
public struct Message: Sendable {
    public let state: DocumentState
    public let kind: Kind
    public let recipients: [MessageTarget]

    /// What a message is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case tell
        /// Waits for an answer.
        case ask
        case answer
        case broadcast
    }

    /// What became of a message at one of those whom it is for.
    public struct Receipt: Sendable, Hashable {
        public enum Mark: String, Sendable, Hashable {
            /// It is on the disk of the agent's node.
            case delivered
            case read
        }

        public let agent: String
        public let node: NodeID
        public let mark: Mark
        public let at: Timestamp

        public init(agent: String, node: NodeID, mark: Mark, at: Timestamp) {
            self.agent = agent
            self.node = node
            self.mark = mark
            self.at = at
        }

        public var value: CBORValue {
            .array([.text(agent), .bytes(node.digest.bytes), .text(mark.rawValue), .integer(at.milliseconds)])
        }

        public init?(_ value: CBORValue) {
            guard let parts = value.array, parts.count >= 4, let agent = parts[0].text,
                let digest = parts[1].bytes.flatMap({ Digest(bytes: $0) }),
                let mark = parts[2].text.flatMap(Mark.init(rawValue:)), let at = parts[3].integer
            else { return nil }
            self.init(agent: agent, node: NodeID(digest), mark: mark, at: Timestamp(milliseconds: at))
        }
    }

    /// Nil for documents that are no messages, and for those that were taken away.
    public init?(_ state: DocumentState) {
        guard state.kind == .message, !state.isErased, !state.isForgotten,
            let kind = state.text(MessageField.kind).flatMap(Kind.init(rawValue:))
        else { return nil }
        self.state = state
        self.kind = kind
        let values = state.shown(MessageField.recipients)?.inline?.array ?? []
        recipients = values.compactMap(MessageTarget.init)
    }

    public var text: String? { state.text(MessageField.text) }
    public var subject: String? { state.text(MessageField.subject) }
    public var from: String? { state.text(MessageField.from) }
    public var category: String? { state.text(MessageField.category) }
    public var memory: String? { state.text(MessageField.memory) }
    public var sent: Timestamp { Timestamp(milliseconds: Int64(clamping: state.creation.stamp.milliseconds)) }
    public var expires: Timestamp? { time(MessageField.expires) }
    public var deadline: Timestamp? { time(MessageField.deadline) }
    public var inReplyTo: DocumentID? { document(MessageField.inReplyTo) }
    /// The message that the thread began with: itself where nothing was answered.
    public var thread: DocumentID { document(MessageField.thread) ?? state.address.document }

    public var priority: MessagePriority {
        state.shown(MessageField.priority)?.inline?.integer.flatMap(MessagePriority.init(rawValue:)) ?? .normal
    }

    /// What became of it: of each reader the last mark, `read` after `delivered`.
    public var receipts: [Receipt] {
        var found: [String: Receipt] = [:]
        for receipt in (state[MessageField.receipts]?.entries ?? []).compactMap(Receipt.init) {
            let reader = "\(receipt.agent)@\(receipt.node)"
            if found[reader]?.mark != .read { found[reader] = receipt }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    private func time(_ field: UInt64) -> Timestamp? {
        state.shown(field)?.inline?.integer.map(Timestamp.init(milliseconds:))
    }

    private func document(_ field: UInt64) -> DocumentID? {
        state.shown(field)?.inline?.bytes.flatMap { DocumentID(bytes: $0) }
    }
}
