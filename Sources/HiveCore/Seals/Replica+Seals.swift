/// Acknowledging, sealing, retiring: what a node writes so that a scope becomes final.
extension Replica {
    /// For how long something must be known before it is sealed, and before it is dropped, in seconds: 30 days. Long
    /// enough to notice a stolen key.
    public static let sealHold: Int64 = 30 * 86_400

    /// What this node has to acknowledge in a scope: one draft for each stream in which anything but acknowledgements is
    /// new. Empty where nobody waits for this node. Reads the logs, so it belongs outside of writes.
    ///
    /// - Parameter hold: seconds for which this node wants everything to be known before it agrees with a seal.
    public mutating func acknowledgements(
        in scope: ScopeID, hold: Int64 = Replica.sealHold, now: Timestamp, transaction: any StoreTransaction
    ) throws -> [Draft] {
        let authority = try authority(of: scope, in: transaction)
        guard scope != identity.instance.scope, authority.awaited.contains(identity.node), let law = laws[scope] else {
            return []
        }
        let survey = try SealSurvey(of: scope, law: authority, in: transaction)
        let rows = try transaction.logs.rows(.scope(scope))
        var drafts: [Draft] = []
        for stream in Stream.allCases {
            var extents: [LogExtent] = []
            for row in rows where row.descriptor.stream == stream {
                var size = min(row.size, authority.frozen[row.id]?.size ?? .max)
                if stream == .law { size = try agreed(row, through: size, law: law, hold, now, transaction) }
                let known = law.acknowledged.size(of: row.id, in: stream, by: identity.node)
                guard try Self.hasNews(row.id, from: known + 1, through: size, in: transaction),
                    let root = try survey.roots(of: row.id, at: [size])[size]
                else { continue }
                extents.append(LogExtent(log: row.id, size: size, root: root))
            }
            guard !extents.isEmpty else { continue }
            let log = identity.log(in: scope, stream).id
            drafts.append(
                Draft(
                    .acknowledgement, at: DocumentAddress(scope: scope, document: Acknowledgement.document(for: log)),
                    resolves: true, stream: stream,
                    changes: [.set(LawField.statement, Acknowledgement(extents: extents).value)]))
        }
        return drafts
    }

    /// How much of a law log this node agrees with: all before the first seal that it objects to.
    private func agreed(
        _ row: LogRow, through size: UInt64, law: Law, _ hold: Int64, _ now: Timestamp,
        _ transaction: any StoreTransaction
    ) throws -> UInt64 {
        let known = law.acknowledged.size(of: row.id, in: .law, by: identity.node)
        let fresh = law.operations.filter { $0.dot.log == row.id && $0.dot.number > known }
        for operation in fresh.sorted(by: { $0.dot < $1.dot }) {
            guard case .seal(let seal) = operation.statement else { continue }
            let review = try SealReview(
                seal, by: operation.author, at: operation.dot, under: law.authority, law: law.operations, hold: hold,
                now: now, in: transaction)
            if review.objection != nil { return min(size, operation.dot.number - 1) }
        }
        return size
    }

    /// Whether there is more than acknowledgements: else every one of them would call for others.
    private static func hasNews(
        _ log: LogID, from first: UInt64, through last: UInt64, in transaction: any StoreTransaction
    ) throws -> Bool {
        guard first <= last else { return false }
        return try transaction.logs.operations(.range(log, from: first, through: last))
            .contains { $0.header.kind != .acknowledgement }
    }

    /// The seal that this node can make: everything that all members have acknowledged and that is older than the hold. Nil
    /// where this node is no steward, where nothing more can be sealed, and while a seal under the present law waits for
    /// acknowledgements. Reads the logs, so it belongs outside of writes.
    public mutating func sealDraft(
        in scope: ScopeID, hold: Int64 = Replica.sealHold, now: Timestamp, transaction: any StoreTransaction
    ) throws -> Draft? {
        let authority = try authority(of: scope, in: transaction)
        guard scope != identity.instance.scope, authority.role(of: identity.node) == .steward, let law = laws[scope]
        else { return nil }
        let named = law.named
        let waits = try law.operations.contains { operation in
            guard case .seal(let seal) = operation.statement, seal.law.covers(named),
                !authority.sealed.covers(seal.horizon)
            else { return false }
            return try SealReview(
                seal, by: operation.author, at: operation.dot, under: authority, law: law.operations, hold: hold,
                now: now, in: transaction
            ).objection == nil
        }
        guard !waits else { return nil }
        let judging = Authority(founding: authority.founding, operations: law.operations, horizons: [])
        let survey = try SealSurvey(of: scope, law: judging, in: transaction)
        let time = now.milliseconds - hold * 1000
        var sizes: [LogID: UInt64] = [:]
        for row in try transaction.logs.rows(.scope(scope)) {
            sizes[row.id] = try Self.acknowledged(row, law: law, awaited: judging.awaited, survey: survey)
        }
        sizes = try survey.closed(sizes, until: time)
        let horizon = VersionVector(sizes.map { Dot(log: $0.key, number: $0.value) })
        guard !authority.sealed.covers(horizon) else { return nil }
        var streams: [Stream: [LogExtent]] = [:]
        for (log, size) in sizes {
            guard let row = survey.row(log), let root = try survey.roots(of: log, at: [size])[size] else { continue }
            streams[row.descriptor.stream, default: []].append(LogExtent(log: log, size: size, root: root))
        }
        let seal = Seal(law: named, streams: streams, standing: try survey.standing(of: sizes), time: time)
        return Draft(
            .seal, at: DocumentAddress(scope: scope, document: seal.document), resolves: true,
            changes: [.set(LawField.statement, seal.value)])
    }

    /// How much of a log all members hold; 0 where one of them holds something else, as after a fork.
    private static func acknowledged(
        _ row: LogRow, law: Law, awaited: [NodeID], survey: SealSurvey
    ) throws -> UInt64 {
        let stream = row.descriptor.stream
        let limit = min(row.size, law.authority.frozen[row.id]?.size ?? .max)
        let sizes = awaited.map { law.acknowledged.size(of: row.id, in: stream, by: $0) }
        guard let least = sizes.min(), least > 0 else { return 0 }
        let roots = try survey.roots(of: row.id, at: Set(sizes.filter { $0 <= row.size }))
        let agree = zip(awaited, sizes).allSatisfy { node, size in
            guard let root = roots[size] else { return true }  // further than this node: nothing to compare yet
            return law.acknowledged.reaches(LogExtent(log: row.id, size: size, root: root), in: stream, by: node)
        }
        return agree ? min(limit, least) : 0
    }

    /// States that nobody is to wait for a node any more, or that it is back.
    public static func retirementDraft(_ retirement: Retirement, in scope: ScopeID) -> Draft {
        Draft(
            .retirement,
            at: DocumentAddress(scope: scope, document: Retirement.document(for: retirement.node)), resolves: true,
            changes: [.set(LawField.statement, retirement.value)])
    }

    /// What the nodes of a scope said that they hold.
    public mutating func acknowledged(in scope: ScopeID, transaction: any StoreTransaction) throws -> Acknowledged {
        _ = try authority(of: scope, in: transaction)
        return laws[scope]?.acknowledged ?? Acknowledged()
    }

    /// The seals that were proposed in a scope, those that count among them, in order of their dots.
    public mutating func seals(
        in scope: ScopeID, transaction: any StoreTransaction
    ) throws -> [(dot: Dot, author: NodeID, seal: Seal)] {
        _ = try authority(of: scope, in: transaction)
        return (laws[scope]?.operations ?? []).compactMap { operation in
            guard case .seal(let seal) = operation.statement else { return nil }
            return (operation.dot, operation.author, seal)
        }.sorted { $0.dot < $1.dot }
    }
}

extension Replica.Law {
    /// The last statement of each law log that says who is who; seals say nothing about that.
    var named: VersionVector {
        operations.reduce(into: VersionVector()) { named, operation in
            if case .seal = operation.statement { return }
            named.include(operation.dot)
        }
    }
}
