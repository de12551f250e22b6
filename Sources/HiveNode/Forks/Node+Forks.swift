public import HiveAPI
import HiveCore
import Logging

/// Logs with two histories: seeing them, settling them, telling of them.
extension Node: ForkService {
    public func forks(as caller: Caller) async throws -> Page<ForkReport> {
        try await naming {
            try kernel.consult { replica, transaction in
                Page(items: try self.reports(&replica, transaction))
            }
        }
    }

    public func fork(_ id: String, as caller: Caller) async throws -> ForkReport {
        try await naming {
            try kernel.consult { replica, transaction in
                try Self.find(id, try self.reports(&replica, transaction))
            }
        }
    }

    public func resolve(fork id: String, with request: ResolveFork, as caller: Caller) async throws -> ForkReport {
        try await naming {
            try caller.requireOperator(to: "settle forks")
            return try await kernel.write { context in
                let report = try Self.find(id, try self.reports(&context.replica, context.transaction))
                try Self.settle(report, request, in: &context)
                return try Self.find(report.id, try self.reports(&context.replica, context.transaction))
            }
        }
    }

    private static func settle(_ report: ForkReport, _ request: ResolveFork, in context: inout WriteContext) throws {
        let lookup = try ScopeLookup(&context.replica, context.transaction)
        let scope = try lookup.require(report.scope).scope
        let own = context.replica.identity
        guard
            let fork = try context.replica.forks(of: scope, in: context.transaction)
                .first(where: { $0.log.description == report.log })
        else { throw HiveError(.notFound, "there is no fork `\(report.id)`, perhaps no longer") }
        let law = try context.replica.authority(of: scope, in: context.transaction)
        guard fork.descriptor.author == own.key || law.role(of: own.node) == .steward else {
            throw HiveError(
                .forbidden, "this node neither wrote that log nor is it a steward of `\(report.scope)`",
                hint: "ask on the node that wrote it, or on a steward")
        }
        try context.replica.claim(fork.log, in: context.transaction)
        if request.compromised {
            try revoke(fork.descriptor.author.nodeID, of: scope, law: law, in: &context)
        } else {
            try context.issueAnew(in: scope)
        }
        guard request.giveUp || request.compromised else { return }
        let now = try context.replica.forks(of: scope, in: context.transaction).first { $0.log == fork.log }
        guard let left = now?.open, !left.isEmpty else { return }
        let settlements = left.map { ForkSettlement(log: fork.log, size: fork.freeze.size, tip: $0.root) }
        _ = try context.commit([Replica.settlementDraft(settlements, in: scope)])
    }

    /// Takes a stolen key's membership away: what counts until now stays, and nothing after it.
    private static func revoke(
        _ node: NodeID, of scope: ScopeID, law: Authority, in context: inout WriteContext
    ) throws {
        guard node != context.replica.identity.node else {
            throw HiveError(
                .invalidInput, "a node cannot revoke itself", hint: "mark its key as compromised on another steward")
        }
        let rows = try context.transaction.logs.rows(.scope(scope)).filter { $0.descriptor.author.nodeID == node }
        let limits = VersionVector(rows.map { Dot(log: $0.id, number: $0.size) })
        let grant = Grant(node: node, role: nil, limits: limits, name: law.members[node]?.name ?? "")
        _ = try context.commit([Replica.grantDraft(grant, in: scope)])
    }

    // MARK: Reading

    private func reports(_ replica: inout Replica, _ transaction: any StoreTransaction) throws -> [ForkReport] {
        let lookup = try ScopeLookup(&replica, transaction)
        let directory = try NodeDirectory(&replica, transaction, own: settings.name)
        var reports: [ForkReport] = []
        for founding in lookup.foundings {
            for fork in try replica.forks(of: founding.scope, in: transaction) {
                reports.append(try report(fork, founding, directory, &replica, transaction))
            }
        }
        return reports
    }

    private func report(
        _ fork: Fork, _ founding: ScopeFounding, _ directory: NodeDirectory, _ replica: inout Replica,
        _ transaction: any StoreTransaction
    ) throws -> ForkReport {
        let node = fork.descriptor.author.nodeID
        let document = ForkEvidence.document(for: fork.log, size: fork.freeze.size)
        let state = try transaction.documents.state(DocumentAddress(scope: founding.scope, document: document))
        let held = try replica.branches(of: fork.log, in: transaction)
        let open = Set(fork.open.map(\.root))
        let tips = Set(fork.freeze.evidence.flatMap(\.branches).map(\.checkpoint))
            .sorted { ($0.size, $0.root) < ($1.size, $1.root) }
        let name = directory.name(of: node)
        return ForkReport(
            id: document.description, scope: founding.name.description,
            stream: fork.descriptor.stream.description, log: fork.log.description, node: node.description,
            name: name.isEmpty ? nil : name, own: fork.descriptor.author == replica.identity.key,
            common: Int(fork.freeze.size),
            branches: tips.map { tip in
                ForkReport.Branch(
                    size: Int(tip.size), root: tip.root.description, settled: !open.contains(tip.root),
                    held: held.contains { $0.checkpoint?.root == tip.root })
            }, settled: fork.isSettled,
            found: Timestamp(milliseconds: Int64(state?.creation.stamp.milliseconds ?? 0)).rfc3339)
    }

    private static func find(_ id: String, _ reports: [ForkReport]) throws -> ForkReport {
        let found = reports.filter { $0.id.hasPrefix(id.lowercased()) }
        guard let first = found.first, !id.isEmpty else {
            throw HiveError(.notFound, "there is no fork `\(id)`", hint: "see `hivectl forks list`")
        }
        guard found.count == 1 else {
            throw HiveError(.ambiguous, "`\(id)` stands for \(found.count) forks", hint: "give more of the id")
        }
        return first
    }

    // MARK: Keeping

    /// Goes on with what evidence began: a new life, what is to be issued anew, evidence that only stands behind freezes.
    func keepForks() async throws {
        let work = try kernel.consult { replica, transaction in
            try replica.foundings(in: transaction).filter { founding in
                guard founding.name.kind != .instance else { return false }
                return try replica.hasForkWork(in: founding.scope, transaction: transaction)
            }.map(\.scope)
        }
        for scope in work {
            try await kernel.write { context in
                try context.mend(scope)
                let stray = try context.replica.strayEvidence(of: scope, in: context.transaction)
                let unnamed = try context.replica.unnamedTips(of: scope, in: context.transaction)
                for evidence in stray + unnamed { try context.state(evidence) }
            }
        }
        announceForks()
    }

    /// Tells listeners of forks that are new or settled.
    func announceForks() {
        do {
            let forks = try kernel.consult { replica, transaction in
                try replica.foundings(in: transaction).flatMap { try replica.forks(of: $0.scope, in: transaction) }
            }
            let turned = forkWatch.turn(to: forks)
            for fork in turned.detected { announcer.announce("fork.detected", Self.event(fork)) }
            for fork in turned.resolved { announcer.announce("fork.resolved", Self.event(fork)) }
        } catch {
            logger.warning("forks cannot be told of: \(error)")
        }
    }

    private static func event(_ fork: Fork) -> JSONValue {
        let document = ForkEvidence.document(for: fork.log, size: fork.freeze.size)
        return [
            "id": .string(document.description), "node": .string(fork.descriptor.author.nodeID.description),
            "log": .string(fork.log.description),
        ]
    }

    /// What an operator should know of forks and of this node's identity.
    func forkChecks() throws -> [HealthCheck] {
        let open = try kernel.consult { replica, transaction in
            try replica.foundings(in: transaction).flatMap { try replica.forks(of: $0.scope, in: transaction) }
        }.filter { !$0.isSettled }
        var checks: [HealthCheck] = []
        if !open.isEmpty {
            checks.append(
                .warning(
                    "forks", "\(open.count) logs have two histories, and not all of them was issued anew",
                    advice: "see `hivectl forks list`; is an old copy of a database in use, or a key on two machines?"))
        }
        if let twin = sync.board.twin {
            checks.append(
                .warning(
                    "twin", "somebody else writes with this node's key, last at \(twin.rfc3339)",
                    advice: "stop one of the two, give it a key of its own, and have it join anew"))
        }
        return checks
    }
}

extension Replica {
    /// Whether something is to be done about forks of a scope.
    fileprivate mutating func hasForkWork(in scope: ScopeID, transaction: any StoreTransaction) throws -> Bool {
        let forks = try forks(of: scope, in: transaction)
        guard !forks.isEmpty else { return false }
        if try endsOwnLife(in: scope, in: transaction) { return true }
        if try !strayEvidence(of: scope, in: transaction).isEmpty { return true }
        if try !unnamedTips(of: scope, in: transaction).isEmpty { return true }
        for fork in forks where try fork.descriptor.author == identity.key || claims(fork, in: transaction) {
            if try !openBranches(of: fork.log, in: transaction).isEmpty { return true }
        }
        return false
    }
}
