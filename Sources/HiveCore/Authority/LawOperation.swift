/// A statement as it stands in a log, with what is needed to weigh it.
public struct LawOperation: Sendable, Hashable {
    public let dot: Dot
    public let author: NodeID
    public let context: VersionVector
    public let statement: LawStatement

    public init(dot: Dot, author: NodeID, context: VersionVector, statement: LawStatement) {
        self.dot = dot
        self.author = author
        self.context = context
        self.statement = statement
    }

    public init(dot: Dot, author: NodeID, context: VersionVector, grant: Grant) {
        self.init(dot: dot, author: author, context: context, statement: .grant(grant))
    }

    /// Nil for operations that are no well-formed statement on the document that it belongs to. What carries signatures
    /// of others is verified here, once.
    public init?(_ operation: Operation, of descriptor: LogDescriptor, verifier: any Verifying) {
        guard Self.kinds.contains(operation.header.kind), operation.header.kind.stream == descriptor.stream,
            let statement = Self.statement(of: operation, in: descriptor.scope, verifier: verifier)
        else { return nil }
        self.init(
            dot: operation.dot, author: descriptor.author.nodeID, context: operation.header.context,
            statement: statement)
    }

    /// The kinds that are law's statements; everything else is passed over without being decoded.
    private static let kinds: Set<DocumentKind> = [.grant, .evidence, .seal, .retirement]

    private static func statement(
        of operation: Operation, in scope: ScopeID, verifier: any Verifying
    ) -> LawStatement? {
        let changes = operation.decodedBody?.changes ?? []
        let value: CBORValue
        switch changes.first(where: { $0.field == .number(LawField.statement) })?.change {
        case .set(let stated)?: value = stated
        default: return settlements(of: operation, changes: changes)
        }
        switch operation.header.kind {
        case .grant:
            guard let grant = Grant(value), Grant.document(for: grant.node) == operation.header.document else {
                return nil
            }
            return .grant(grant)
        case .evidence:
            guard let evidence = ForkEvidence(value), evidence.document == operation.header.document,
                evidence.descriptor.scope == scope, evidence.isValid(verifier: verifier)
            else { return nil }
            return .evidence(evidence)
        case .seal:
            guard let seal = Seal(value), seal.document == operation.header.document else { return nil }
            return .seal(seal)
        case .retirement:
            guard let retirement = Retirement(value),
                Retirement.document(for: retirement.node) == operation.header.document
            else { return nil }
            return .retirement(retirement)
        default: return nil
        }
    }

    private static func settlements(of operation: Operation, changes: [OperationBody.Change]) -> LawStatement? {
        guard operation.header.kind == .evidence,
            case .append(let values)? = changes.first(where: { $0.field == .number(LawField.settlements) })?.change
        else { return nil }
        let settlements = values.compactMap(ForkSettlement.init)
            .filter { ForkEvidence.document(for: $0.log, size: $0.size) == operation.header.document }
        return settlements.isEmpty ? nil : .settled(settlements)
    }

    /// The grant that this is, if it is one.
    public var grant: Grant? {
        guard case .grant(let grant) = statement else { return nil }
        return grant
    }
}

extension Operation {
    /// What a law document says: the value of its statement.
    var statement: CBORValue? {
        guard
            case .set(let value)? = decodedBody?.changes
                .first(where: { $0.field == .number(LawField.statement) })?.change
        else { return nil }
        return value
    }
}
