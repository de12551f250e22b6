/// Who may do what in a scope: a function of the set of its law operations, evaluated from the founding by rank.
public struct Authority: Sendable, Hashable {
    public let founding: ScopeFounding
    /// Everybody about whom an honoured statement was made, founder included.
    public let members: [NodeID: Member]
    /// The logs that evidence ended.
    public let frozen: [LogID: Freeze]
    /// The ends of histories that were issued anew, by the log's author or a steward.
    public let settled: [LogID: Set<Digest>]

    /// What the law says of a node.
    public struct Member: Sendable, Hashable {
        /// Nil for a node whose membership was revoked.
        public let role: Role?
        /// 0 for the founder, one more than the granter's for everybody else.
        public let rank: UInt64
        public let limits: VersionVector?
        public let name: String
    }

    /// The seals that count, in an order of their own.
    public let horizons: [Horizon]
    /// How far each log is sealed: nothing that counts up to there can be made void any more.
    public let sealed: VersionVector
    /// What stewards want sealed, whether everybody has agreed already or not.
    public let proposed: VersionVector
    /// Nodes that nobody waits for.
    public let retired: Set<NodeID>

    /// Evaluates the law. The lowest rank that speaks about a node decides about it; between statements of one
    /// rank those that others have seen yield, then the strictest wins, then the first dot.
    ///
    /// - Parameter acknowledged: what nodes said that they hold; seals count by it.
    public init(
        founding: ScopeFounding, operations: some Sequence<LawOperation>, acknowledged: Acknowledged = Acknowledged()
    ) {
        let operations = Array(operations)
        let horizons = Self.horizons(founding: founding, operations: operations, acknowledged: acknowledged)
        self.init(founding: founding, operations: operations, horizons: horizons)
    }

    /// Evaluates the law where it is known which seals count.
    init(founding: ScopeFounding, operations: [LawOperation], horizons: [Horizon]) {
        self.founding = founding
        self.horizons = horizons
        let sealed = horizons.reduce(into: VersionVector()) { $0.merge($1.sealed) }
        self.sealed = sealed
        let frozen = Freeze.all(of: operations, notBelow: horizons)
        self.frozen = frozen
        let grants = operations.filter { $0.grant != nil && Self.isInside(frozen, $0.dot) }
        let members = Self.members(founding: founding, grants: grants, horizons: horizons)
        self.members = members
        settled = ForkSettlement.all(of: operations, frozen: frozen) { members[$0]?.role == .steward }
        retired = Self.retired(by: operations.filter { Self.isInside(frozen, $0.dot) }, members: members)
        proposed = operations.reduce(into: sealed) { proposed, operation in
            guard case .seal(let seal) = operation.statement,
                Self.honours(members[operation.author], dot: operation.dot, stream: .law)
            else { return }
            proposed.merge(seal.horizon)
        }
    }

    private static func members(
        founding: ScopeFounding, grants: [LawOperation], horizons: [Horizon]
    ) -> [NodeID: Member] {
        let byAuthor = Dictionary(grouping: grants, by: \.author)
        var members = [
            founding.founder: Member(role: .steward, rank: 0, limits: nil, name: "")
        ]
        var authors = [founding.founder]
        var rank: UInt64 = 0
        while !authors.isEmpty {
            let statements = authors.flatMap { author in
                (byAuthor[author] ?? []).filter {
                    honours(members[author], dot: $0.dot, stream: .law)
                        || isSealed($0.dot, by: author, in: .law, horizons: horizons)
                }
            }
            var next: [NodeID] = []
            let byNode = Dictionary(grouping: statements.filter { $0.grant != nil }) { $0.grant?.node }
            for (node, candidates) in byNode {
                guard let node, members[node] == nil, let winner = winner(among: candidates).grant else { continue }
                members[node] = Member(
                    role: winner.role, rank: rank + 1, limits: winner.limits, name: winner.name)
                // A steward that was revoked keeps what it said in time: by its limits, or because that was sealed.
                if winner.role == .steward || winner.limits != nil || !horizons.isEmpty { next.append(node) }
            }
            authors = next
            rank += 1
        }
        return members
    }

    public func role(of node: NodeID) -> Role? { members[node]?.role }

    /// Whether an operation of a member's log counts. Everything else is void: kept, shown nowhere.
    public func honours(_ dot: Dot, of descriptor: LogDescriptor, kind: DocumentKind) -> Bool {
        let author = descriptor.author.nodeID
        // Evidence proves itself, wherever it stands; were it void behind a freeze, two forks could end each other.
        guard kind == .evidence || isInside(dot) else { return false }
        // A kind belongs to one stream: what a writer puts elsewhere is no law, whatever it calls itself. Only what
        // speaks of a log stands in that log.
        let speaksOfItsLog = kind == .succession || kind == .acknowledgement
        if !speaksOfItsLog, let stream = kind.stream, stream != descriptor.stream { return false }
        if Self.needsNoGrant.contains(kind) { return true }
        return Self.honours(members[author], dot: dot, stream: descriptor.stream)
            || Self.isSealed(dot, by: author, in: descriptor.stream, horizons: horizons)
    }

    /// Whether an operation lies where its log still counts.
    public func isInside(_ dot: Dot) -> Bool { Self.isInside(frozen, dot) }

    static func isInside(_ frozen: [LogID: Freeze], _ dot: Dot) -> Bool {
        guard let freeze = frozen[dot.log] else { return true }
        return dot.number <= freeze.size
    }

    /// Up to which size a seal made a log final. No freeze lies below it.
    public func sealedSize(of log: LogID) -> UInt64 { sealed[log] }

    /// Whether two laws judge the operations of a log alike.
    public func judges(_ descriptor: LogDescriptor, _ log: LogID, like other: Authority) -> Bool {
        members[descriptor.author.nodeID] == other.members[descriptor.author.nodeID]
            && frozen[log]?.size == other.frozen[log]?.size && horizons == other.horizons
    }

    /// Founding, evidence, a node's own rotation, departure, acknowledgement and succession need no grant.
    private static let needsNoGrant: Set<DocumentKind> = [
        .evidence, .rotation, .retirement, .acknowledgement, .succession,
    ]

    static func honours(_ member: Member?, dot: Dot, stream: Stream) -> Bool {
        guard let member else { return false }
        if let role = member.role, role.mayWrite(stream) {
            guard let limits = member.limits, limits[dot.log] > 0 else { return true }
            return dot.number <= limits[dot.log]
        }
        return dot.number <= (member.limits?[dot.log] ?? 0)
    }

    private static func winner(among candidates: [LawOperation]) -> LawOperation {
        let standing = candidates.filter { candidate in
            !candidates.contains { $0.dot != candidate.dot && $0.context.contains(candidate.dot) }
        }
        let strictness = { (operation: LawOperation) in operation.grant?.role?.rawValue ?? 0 }
        let ordered = (standing.isEmpty ? candidates : standing)
            .sorted { (strictness($0), $0.dot) < (strictness($1), $1.dot) }
        return ordered[0]
    }
}
