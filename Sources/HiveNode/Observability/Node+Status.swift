public import HiveAPI
import HiveCore
import HiveRules
import HiveSync
import Logging
import Synchronization

extension Node: StatusService {
    public func status(as caller: Caller) async throws -> NodeStatus {
        try await naming {
            let board = sync.board.entries
            let contradictions = try contradictions.all()
            let health = await health()
            let escalated = try escalatedConflicts().count
            let identity = kernel.identity
            return try kernel.consult { replica, transaction in
                let lookup = try ScopeLookup(&replica, transaction)
                // A limited token is told of what it reaches; of the others as much as if they were not there.
                let isLimited = Access.current.permit.isLimited
                let operations = try transaction.logs.rows(.all).filter { lookup.shows($0.descriptor.scope) }
                    .reduce(0) { $0 + Int($1.size) }
                let memories =
                    try isLimited
                    ? self.memories(in: lookup.scopes, transaction) : transaction.index.count()
                var status = NodeStatus(
                    node: identity.node.description, name: settings.name, hive: identity.hive.description,
                    version: settings.version, startedAt: startedAt.rfc3339,
                    uptimeSeconds: Double(kernel.surroundings.uptime() - startedUp) / 1000, health: health,
                    memories: memories, operations: operations,
                    conflicts: try transaction.documents.list(.contested).count { lookup.shows($0.address.scope) }
                        + self.standing(contradictions, lookup, transaction).count,
                    peersConnected: board.values.count { $0.isConnected },
                    peersKnown: try PeerRecord.all(in: transaction).count, rules: lawBook.law.rules.count,
                    ruleSets: lawBook.manifests.map { "\($0.name)@\($0.version)" },
                    scopes: lookup.foundings.map(\.name.description), peers: sync.address?.description,
                    meaning: isLimited ? nil : meaningStatus)
                status.escalated = escalated
                status.certificate = self.certificate.withLock { $0 }
                status.seals = try self.sealReports(lookup, &replica, transaction)
                status.lifecycle = isLimited ? nil : try self.lifecycleStatus(in: transaction)
                return status
            }
        }
    }

    private func memories(in scopes: [ScopeID], _ transaction: any StoreTransaction) throws -> Int {
        let totals = try transaction.census.totals(in: scopes, now: kernel.surroundings.now())
        return totals.memories + totals.expired
    }

    public func scopes(as caller: Caller) async throws -> Page<ScopeSummary> {
        try await naming {
            try kernel.consult { replica, transaction in
                let lookup = try ScopeLookup(&replica, transaction)
                let items = try lookup.foundings.map { try self.summary(of: $0, &replica, transaction) }
                return Page(items: items)
            }
        }
    }

    public func verify(rebuild: Bool, as caller: Caller) async throws -> VerifyReport {
        try await naming {
            guard caller.role == .operator else {
                throw HiveError(.forbidden, "an agent may not verify the store", hint: "use the operator token")
            }
            let started = kernel.surroundings.uptime()
            let verifier = kernel.verifier
            let (audit, documents) = try kernel.read { transaction in
                (try LogAudit(transaction, verifier: verifier), try transaction.documents.list(.all).count)
            }
            var problems = audit.problems + (try kernel.surroundings.inspect())
            if !rebuild { problems += try kernel.consult { try ProjectionAudit(&$0, in: $1).problems } }
            if rebuild {
                let (before, after) = try await kernel.write { context in
                    let before = try Replica.projectionHash(of: nil, in: context.transaction)
                    try context.replica.rebuild(in: context.transaction)
                    return (before, try Replica.projectionHash(of: nil, in: context.transaction))
                }
                try succession?.noteAll()
                contradictions.noteAll()
                tasks.noteAll()
                messageIndex.noteAll()
                duty.noteAll()
                if before != after { problems.append("the projection differed from what the logs say; it was rebuilt") }
            }
            let report = VerifyReport(
                ok: problems.isEmpty, logs: audit.logs, operations: Int(audit.operations),
                checkpoints: audit.checkpoints,
                documents: documents, missingBlobs: try missingBlobs(), rebuilt: rebuild, problems: problems,
                durationMilliseconds: Double(kernel.surroundings.uptime() - started))
            lastVerification.withLock { $0 = report }
            return report
        }
    }

    public func metrics() async -> [MetricSample] {
        // The others count over all scopes.
        guard !Access.current.permit.isLimited else { return await operatingSamples() }
        let board = sync.board
        let entries = board.entries.values
        do { _ = try contradictions.all() } catch {
            logger.warning("conflicts cannot be counted, the last numbers stand: \(error)")
        }
        let samples = [
            MetricSample(
                name: "hive_sync_total", type: .counter, help: "Times that two nodes found themselves equal.",
                value: Double(board.convergences)),
            MetricSample(
                name: "hive_sync_failures_total", type: .counter, help: "Failed connections and syncs.",
                value: Double(entries.reduce(0) { $0 + $1.failures })),
            MetricSample(
                name: "hive_connections_refused_total", type: .counter, help: "Connections of strangers turned away.",
                value: Double(board.strangers)),
            MetricSample(
                name: "hive_sync_bytes_sent_total", type: .counter, help: "Bytes sent to peers.",
                value: Double(entries.reduce(0) { $0 + $1.bytesSent })),
            MetricSample(
                name: "hive_sync_bytes_received_total", type: .counter, help: "Bytes received from peers.",
                value: Double(entries.reduce(0) { $0 + $1.bytesReceived })),
            MetricSample(
                name: "hive_operations_synced_total", type: .counter, help: "Operations received from peers.",
                value: Double(entries.reduce(0) { $0 + $1.operationsReceived })),
            MetricSample(
                name: "hive_commits_total", type: .counter, help: "Transactions committed.",
                value: Double(kernel.commits)),
            MetricSample(
                name: "hive_memories_stored_total", type: .counter, help: "Memories stored here.",
                value: counters["memories_stored"]),
            MetricSample(
                name: "hive_memories_folded_total", type: .counter,
                help: "Memories that said what another one said already.", value: counters["memories_folded"]),
            MetricSample(
                name: "hive_memories_consolidated_total", type: .counter, help: "Summaries written.",
                value: counters["memories_consolidated"]),
            MetricSample(
                name: "hive_searches_total", type: .counter, help: "Searches answered.", value: counters["searches"]),
            MetricSample(
                name: "hive_operations_pruned_total", type: .counter,
                help: "Replaced values that were dropped below a seal.", value: counters["operations_pruned"]),
            MetricSample(
                name: "hive_conflicts_detected_total", type: .counter, help: "Conflicts that began.",
                value: Double(contradictions.detected)),
            MetricSample(
                name: "hive_conflicts_resolved_total", type: .counter,
                help: "Conflicts that ended, whoever settled them.",
                value: Double(contradictions.resolved)),
        ]
        return samples + decisions.samples + meaningSamples + modelServerSamples + taskSamples + agentSamples
            + (await operatingSamples())
    }
}
