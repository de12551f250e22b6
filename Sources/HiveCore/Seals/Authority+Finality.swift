/// When a seal counts, and what that fixes.
///
/// A seal counts once every member that its own law waits for has acknowledged, by operations in its logs, all that is
/// sealed and the seal itself. Members acknowledge a seal only where they agree with it (`Replica.acknowledgements`). The
/// law that it names cannot change, and an acknowledgement is never taken back: so a seal that counts does so for ever,
/// whatever arrives later, and what was dropped below it is never missed.
extension Authority {
    /// The seals that count.
    static func horizons(
        founding: ScopeFounding, operations: [LawOperation], finality: FinalityStatements
    ) -> [Horizon] {
        finality.seals.sorted { $0.dot < $1.dot }.compactMap { operation in
            let seal = operation.seal
            guard finality.held.covers(seal.law), !seal.law.contains(operation.dot) else { return nil }
            let law = Authority(
                founding: founding, operations: operations.filter { seal.law.contains($0.dot) },
                retirements: finality.retirements.filter { seal.law.contains($0.dot) }, horizons: [])
            guard honours(law.members[operation.author], dot: operation.dot, stream: .law),
                law.awaited.allSatisfy({ finality.acknowledges($0, operation) })
            else { return nil }
            return Horizon(dot: operation.dot, seal: seal, sealed: seal.horizon, members: law.members)
        }
    }

    /// The members that seals wait for: all who hold what is not their own, and have not been retired.
    public var awaited: [NodeID] {
        members.filter { node, member in
            guard let role = member.role else { return false }
            return role != .appender && !retired.contains(node)
        }.map(\.key).sorted()
    }

    /// Whether a seal that counts found the operation honoured.
    static func isSealed(_ dot: Dot, by author: NodeID, in stream: Stream, horizons: [Horizon]) -> Bool {
        horizons.contains { horizon in
            horizon.sealed.contains(dot) && honours(horizon.members[author], dot: dot, stream: stream)
        }
    }

    /// How far a log is sealed; 0 where it is not. Evidence of a fork never freezes a log below that.
    public func sealedSize(of log: LogID) -> UInt64 { sealed[log] }

    /// Up to which number operations of a log count, as far as members, and not seals, decide that.
    func honoured(through size: UInt64, of descriptor: LogDescriptor) -> UInt64 {
        guard let member = members[descriptor.author.nodeID] else { return 0 }
        let limit = member.limits?[descriptor.id] ?? 0
        guard let role = member.role, role.mayWrite(descriptor.stream) else { return min(size, limit) }
        return limit > 0 ? min(size, limit) : size
    }

    /// A node is retired by its own word or by a steward's. Statements that others have seen yield; where two do not know
    /// of each other, the node is not waited for.
    static func retired(by operations: [RetirementOperation], members: [NodeID: Member]) -> Set<NodeID> {
        let honoured = operations.filter { operation in
            operation.author == operation.retirement.node
                || honours(members[operation.author], dot: operation.dot, stream: .law)
        }
        let byNode = Dictionary(grouping: honoured) { $0.retirement.node }
        return Set(
            byNode.filter { _, candidates in
                candidates.contains { candidate in
                    candidate.retirement.isRetired
                        && !candidates.contains { $0.dot != candidate.dot && $0.context.contains(candidate.dot) }
                }
            }.keys)
    }
}

extension FinalityStatements {
    /// Whether a node has said that it holds what a seal seals, and the seal.
    func acknowledges(_ node: NodeID, _ operation: SealOperation) -> Bool {
        isReached(operation.dot, in: .law, by: node)
            && operation.seal.streams.allSatisfy { stream, extents in
                extents.allSatisfy { acknowledged[node]?[stream]?.reaches($0) ?? false }
            }
    }

    private func isReached(_ dot: Dot, in stream: Stream, by node: NodeID) -> Bool {
        (acknowledged[node]?[stream]?[dot.log]?.size ?? 0) >= dot.number
    }
}
