/// Says that one history of a forked log was issued anew, up to an end.
public struct ForkSettlement: Sendable, Hashable {
    public let log: LogID
    /// The size behind which the histories part.
    public let size: UInt64
    /// The root at the end of the history.
    public let tip: Digest

    public init(log: LogID, size: UInt64, tip: Digest) {
        self.log = log
        self.size = size
        self.tip = tip
    }

    /// CBOR `[log, size, root]`, an entry of the fork's list.
    public var value: CBORValue {
        .array([.bytes(log.digest.bytes), .unsigned(size), .bytes(tip.bytes)])
    }

    /// Nil for a value that is none.
    public init?(_ value: CBORValue) {
        guard case .array(let parts) = value, parts.count == 3, case .bytes(let log) = parts[0],
            case .unsigned(let size) = parts[1], case .bytes(let tip) = parts[2],
            let log = Digest(bytes: log), let tip = Digest(bytes: tip)
        else { return nil }
        self.init(log: LogID(log), size: size, tip: tip)
    }

    /// What was settled, by log. Only the log's author and stewards can say so.
    static func all(
        of operations: some Sequence<LawOperation>, frozen: [LogID: Freeze], isSteward: (NodeID) -> Bool
    ) -> [LogID: Set<Digest>] {
        var settled: [LogID: Set<Digest>] = [:]
        for operation in operations {
            guard case .settled(let settlements) = operation.statement else { continue }
            for settlement in settlements {
                guard let author = frozen[settlement.log]?.evidence.first?.descriptor.author.nodeID,
                    operation.author == author || isSteward(operation.author)
                else { continue }
                settled[settlement.log, default: []].insert(settlement.tip)
            }
        }
        return settled
    }
}

/// A log that evidence ended, as people see it.
public struct Fork: Sendable, Hashable {
    public let freeze: Freeze
    public let descriptor: LogDescriptor
    /// The ends of histories that nobody issued anew.
    public let open: [Checkpoint]

    public var log: LogID { freeze.evidence[0].log }
    public var isSettled: Bool { open.isEmpty }
}

extension Authority {
    /// The forks that evidence proves, in order of their logs.
    public var forks: [Fork] {
        frozen.sorted { $0.key < $1.key }.compactMap { log, freeze in
            guard let first = freeze.evidence.first else { return nil }
            let tips = Set(freeze.evidence.flatMap(\.branches).map(\.checkpoint))
                .filter { settled[log]?.contains($0.root) != true }
            return Fork(
                freeze: freeze, descriptor: first.descriptor,
                open: tips.sorted { ($0.size, $0.root) < ($1.size, $1.root) })
        }
    }
}
