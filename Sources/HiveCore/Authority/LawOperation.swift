/// A grant as it stands in a law log, with what is needed to weigh it.
public struct LawOperation: Sendable, Hashable {
    public let dot: Dot
    public let author: NodeID
    public let context: VersionVector
    public let grant: Grant

    public init(dot: Dot, author: NodeID, context: VersionVector, grant: Grant) {
        self.dot = dot
        self.author = author
        self.context = context
        self.grant = grant
    }

    /// Nil for operations that are no well-formed grant on the document of the node that they name.
    public init?(_ operation: Operation, author: NodeID) {
        guard operation.header.kind == .grant,
            case .set(let value)? = operation.decodedBody?.changes
                .first(where: { $0.field == .number(LawField.statement) })?.change,
            let grant = Grant(value), Grant.document(for: grant.node) == operation.header.document
        else { return nil }
        self.init(dot: operation.dot, author: author, context: operation.header.context, grant: grant)
    }
}
