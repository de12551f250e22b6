/// When a seal counts, and what that fixes.
///
/// A seal counts once every member that its own law waits for has acknowledged, by operations in its logs, all that is
/// sealed and the seal itself. Members acknowledge a seal only where they agree with it (`SealReview`). The
/// law that it names cannot change, and an acknowledgement is never taken back: so a seal that counts does so for ever,
/// whatever arrives later, and what was dropped below it is never missed.
extension Authority {
    /// The seals that count.
    static func horizons(
        founding: ScopeFounding, operations: [LawOperation], acknowledged: Acknowledged
    ) -> [Horizon] {
        let frozen = Freeze.all(of: operations)
        let inside = operations.filter { isInside(frozen, $0.dot) }
        let known = Set(inside.map(\.dot))
        return inside.sorted { $0.dot < $1.dot }.compactMap { operation in
            guard case .seal(let seal) = operation.statement, seal.law.entries.allSatisfy(known.contains) else {
                return nil
            }
            let law = law(of: seal, founding: founding, operations: inside)
            guard honours(law.members[operation.author], dot: operation.dot, stream: .law),
                law.awaited.allSatisfy({ acknowledged.covers(seal, at: operation.dot, by: $0) })
            else { return nil }
            return Horizon(dot: operation.dot, seal: seal, law: law)
        }
    }

    /// The law by which a seal judges: what it names, and nothing that other seals fixed, so that who is waited for hangs on
    /// these operations alone.
    static func law(of seal: Seal, founding: ScopeFounding, operations: [LawOperation]) -> Authority {
        Authority(founding: founding, operations: operations.filter { seal.law.contains($0.dot) }, horizons: [])
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

    /// A node is retired by its own word or by a steward's. Statements that others have seen yield; where two do not know
    /// of each other, the node is not waited for.
    static func retired(by operations: [LawOperation], members: [NodeID: Member]) -> Set<NodeID> {
        var byNode: [NodeID: [(operation: LawOperation, isRetired: Bool)]] = [:]
        for operation in operations {
            guard case .retirement(let retirement) = operation.statement,
                operation.author == retirement.node
                    || honours(members[operation.author], dot: operation.dot, stream: .law)
            else { continue }
            byNode[retirement.node, default: []].append((operation, retirement.isRetired))
        }
        return Set(
            byNode.filter { _, said in
                said.contains { one in
                    one.isRetired
                        && !said.contains {
                            $0.operation.dot != one.operation.dot && $0.operation.context.contains(one.operation.dot)
                        }
                }
            }.keys)
    }
}
