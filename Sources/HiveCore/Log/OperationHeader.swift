/// All of an operation that merge needs. A header outlives its body: with every body gone, who replaces whom
/// is still known.
public struct OperationHeader: Sendable, Hashable {
    public let dot: Dot
    public let stamp: Stamp
    public let document: DocumentID
    public let kind: DocumentKind
    /// The fields that the operation writes, in ascending order.
    public let fields: [FieldID]
    /// What the writer had seen of this document, logs of the same stream only.
    public let context: VersionVector
    /// Siblings inside the context that the operation leaves standing, in ascending order.
    public let keeps: [Dot]
    /// Set elements that the operation removes, in ascending order.
    public let removes: [ElementDot]
    /// The commit goes on in the next operation of the log: neither is visible without the other.
    public let continues: Bool
    public let bodyForm: BodyForm
    /// `SHA-256("hive/1/body" ‖ 0 ‖ salt ‖ body)`.
    public let bodyHash: Digest

    /// How a body is to be read.
    public enum BodyForm: UInt8, Sendable, Hashable {
        case plain = 0
        /// Encrypted for named recipients; holders without a key keep and relay it.
        case sealed = 1
    }

    public init(
        dot: Dot, stamp: Stamp, target: OperationTarget, causality: OperationCausality, continues: Bool,
        body: SaltedBody
    ) {
        self.dot = dot
        self.stamp = stamp
        document = target.document
        kind = target.kind
        fields = target.fields
        context = causality.context
        keeps = causality.keeps
        removes = causality.removes
        self.continues = continues
        bodyForm = .plain
        bodyHash = body.hash
    }

    init(decoded: DecodedHeader) {
        dot = decoded.dot
        stamp = decoded.stamp
        document = decoded.document
        kind = decoded.kind
        fields = decoded.fields
        context = decoded.context
        keeps = decoded.keeps
        removes = decoded.removes
        continues = decoded.continues
        bodyForm = decoded.bodyForm
        bodyHash = decoded.bodyHash
    }
}

/// What an operation writes to: the document, its kind, and its fields in ascending order.
public struct OperationTarget: Sendable, Hashable {
    public let document: DocumentID
    public let kind: DocumentKind
    public let fields: [FieldID]

    public init(document: DocumentID, kind: DocumentKind, fields: [FieldID]) {
        self.document = document
        self.kind = kind
        self.fields = fields
    }
}

/// What an operation saw, keeps and removes.
public struct OperationCausality: Sendable, Hashable {
    public let context: VersionVector
    public let keeps: [Dot]
    public let removes: [ElementDot]

    public init(context: VersionVector, keeps: [Dot] = [], removes: [ElementDot] = []) {
        self.context = context
        self.keeps = keeps.sorted()
        self.removes = removes.sorted()
    }
}

extension OperationHeader {
    /// Whether this operation asks for the erasure of its document.
    public var isErasure: Bool { fields.contains(.number(ReservedField.erasure)) }

    /// Whether this operation replaces the sibling that the given operation wrote.
    public func replaces(_ sibling: Dot) -> Bool {
        sibling != dot && context.contains(sibling) && !keeps.contains(sibling)
    }
}
