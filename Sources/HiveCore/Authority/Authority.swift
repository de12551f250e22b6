/// Who may do what in a scope: a function of the set of its law operations, evaluated from the founding by rank.
public struct Authority: Sendable, Hashable {
    public let founding: ScopeFounding
    /// Everybody about whom an honoured statement was made, founder included.
    public let members: [NodeID: Member]

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
    /// Nodes that nobody waits for.
    public let retired: Set<NodeID>

    /// Evaluates the law. The lowest rank that speaks about a node decides about it; between statements of one
    /// rank those that others have seen yield, then the strictest wins, then the first dot.
    public init(
        founding: ScopeFounding, operations: some Sequence<LawOperation>,
        finality: FinalityStatements = FinalityStatements()
    ) {
        let operations = Array(operations)
        let horizons = Self.horizons(founding: founding, operations: operations, finality: finality)
        self.init(founding: founding, operations: operations, retirements: finality.retirements, horizons: horizons)
    }

    init(
        founding: ScopeFounding, operations: [LawOperation], retirements: [RetirementOperation], horizons: [Horizon]
    ) {
        self.founding = founding
        self.horizons = horizons
        sealed = horizons.reduce(into: VersionVector()) { $0.merge($1.sealed) }
        let byAuthor = Dictionary(grouping: operations, by: \.author)
        var members = [
            founding.founder: Member(role: .steward, rank: 0, limits: nil, name: "")
        ]
        var authors = [founding.founder]
        var rank: UInt64 = 0
        while !authors.isEmpty {
            let statements = authors.flatMap { author in
                (byAuthor[author] ?? []).filter {
                    Self.honours(members[author], dot: $0.dot, stream: .law)
                        || Self.isSealed($0.dot, by: author, in: .law, horizons: horizons)
                }
            }
            var next: [NodeID] = []
            let byNode = Dictionary(grouping: statements) { $0.grant.node }
            for (node, candidates) in byNode where members[node] == nil {
                let winner = Self.winner(among: candidates).grant
                members[node] = Member(
                    role: winner.role, rank: rank + 1, limits: winner.limits, name: winner.name)
                // A steward that was revoked keeps what it said in time: by its limits, or because that was sealed.
                if winner.role == .steward || winner.limits != nil || !horizons.isEmpty { next.append(node) }
            }
            authors = next
            rank += 1
        }
        self.members = members
        retired = Self.retired(by: retirements, members: members)
    }

    public func role(of node: NodeID) -> Role? { members[node]?.role }

    /// Whether an operation of a member's log counts. Everything else is void: kept, shown nowhere.
    public func honours(_ dot: Dot, of descriptor: LogDescriptor, kind: DocumentKind) -> Bool {
        let author = descriptor.author.nodeID
        // A kind belongs to one stream: what a writer puts elsewhere is no law, whatever it calls itself. Only what
        // speaks of a log stands in that log.
        let speaksOfItsLog = kind == .succession || kind == .acknowledgement
        if !speaksOfItsLog, let stream = kind.stream, stream != descriptor.stream { return false }
        if Self.needsNoGrant.contains(kind) { return true }
        return Self.honours(members[author], dot: dot, stream: descriptor.stream)
            || Self.isSealed(dot, by: author, in: descriptor.stream, horizons: horizons)
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
        let strictness = { (operation: LawOperation) in operation.grant.role?.rawValue ?? 0 }
        let ordered = (standing.isEmpty ? candidates : standing)
            .sorted { (strictness($0), $0.dot) < (strictness($1), $1.dot) }
        return ordered[0]
    }
}
