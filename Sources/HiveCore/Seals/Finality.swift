/// What of a scope's law is about finality: seals, who acknowledged what, and who is not waited for.
public struct FinalityStatements: Sendable, Hashable {
    public var seals: [SealOperation] = []
    public var retirements: [RetirementOperation] = []
    /// What nodes said that they hold, by stream.
    public var acknowledged: [NodeID: [Stream: AcknowledgedExtents]] = [:]
    /// How much of each law log is here: a seal is judged once all law that it names is.
    public var held = VersionVector()

    public init() {}

    /// Adds what an operation of a scope's log says of finality; true where it says anything.
    @discardableResult
    public mutating func add(_ operation: Operation, of descriptor: LogDescriptor) -> Bool {
        let author = descriptor.author.nodeID
        guard let value = operation.statement else { return false }
        switch operation.header.kind {
        case .acknowledgement:
            guard let said = Acknowledgement(value),
                operation.header.document == Acknowledgement.document(for: descriptor.id)
            else { return false }
            acknowledged[author, default: [:]][descriptor.stream, default: AcknowledgedExtents()].add(said)
        case .seal where descriptor.stream == .law:
            guard let seal = Seal(value), seal.document == operation.header.document else { return false }
            let operation = SealOperation(dot: operation.dot, author: author, seal: seal)
            if !seals.contains(where: { $0.dot == operation.dot }) { seals.append(operation) }
        case .retirement where descriptor.stream == .law:
            guard let retirement = Retirement(value),
                operation.header.document == Retirement.document(for: retirement.node)
            else { return false }
            let operation = RetirementOperation(
                dot: operation.dot, author: author, context: operation.header.context, retirement: retirement)
            if !retirements.contains(where: { $0.dot == operation.dot }) { retirements.append(operation) }
        default: return false
        }
        return true
    }
}

/// A seal as it stands in a law log.
public struct SealOperation: Sendable, Hashable {
    public let dot: Dot
    public let author: NodeID
    public let seal: Seal
}

/// A retirement as it stands in a law log.
public struct RetirementOperation: Sendable, Hashable {
    public let dot: Dot
    public let author: NodeID
    public let context: VersionVector
    public let retirement: Retirement
}

/// The farthest that a node said of each log of a stream.
public struct AcknowledgedExtents: Sendable, Hashable {
    private var extents: [LogID: LogExtent] = [:]

    public init() {}

    public mutating func add(_ acknowledgement: Acknowledgement) {
        for extent in acknowledgement.extents where (extents[extent.log]?.size ?? 0) <= extent.size {
            // Of two roots of one size the lower one: whatever order they come in.
            if let known = extents[extent.log], known.size == extent.size, known.root < extent.root { continue }
            extents[extent.log] = extent
        }
    }

    public subscript(log: LogID) -> LogExtent? { extents[log] }

    func reaches(_ extent: LogExtent) -> Bool { extents[extent.log]?.reaches(extent) ?? false }
}

/// A seal that counts. Once one does it does for ever: it rests on operations alone, and none of them can be taken back.
public struct Horizon: Sendable, Hashable {
    /// The seal's own place in the law.
    public let dot: Dot
    public let seal: Seal
    public let sealed: VersionVector
    /// Who was what by the law that the seal names.
    let members: [NodeID: Authority.Member]
}

extension Operation {
    /// What a law document says: the value of its statement.
    var statement: CBORValue? {
        guard header.fields.contains(.number(LawField.statement)),
            case .set(let value)? = decodedBody?.changes
                .first(where: { $0.field == .number(LawField.statement) })?.change
        else { return nil }
        return value
    }
}
