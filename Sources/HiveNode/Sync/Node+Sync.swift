public import HiveAPI
import HiveCore

extension Node: SyncService {
    public func syncNow(as caller: Caller) async throws -> SyncReport {
        try await naming {
            let started = kernel.surroundings.uptime()
            let before = sync.board.entries
            let links = sync.links
            for link in links.values { await link.nudge() }
            let late = try await waitForConvergence(with: Set(links.keys), since: before)
            let after = sync.board.entries
            let received =
                after.values.reduce(0) { $0 + $1.operationsReceived }
                - before.values.reduce(0) { $0 + $1.operationsReceived }
            return SyncReport(
                peers: links.keys.filter { !late.contains($0) }.sorted().map(\.description),
                failed: Dictionary(
                    uniqueKeysWithValues: late.map { ($0.description, "not in step within 10 seconds") }),
                operationsSent: 0,
                operationsReceived: Int(received), durationMilliseconds: Double(kernel.surroundings.uptime() - started))
        }
    }

    /// Waits until every peer holds the same and nothing is missing here, at most ten seconds. Answers with the peers
    /// that are still behind or ahead, all of them where large values have not arrived.
    private func waitForConvergence(
        with peers: Set<NodeID>, since before: [NodeID: PeerBoard.Entry]
    ) async throws -> Set<NodeID> {
        let deadline = kernel.surroundings.uptime() + 10_000
        while true {
            let entries = sync.board.entries
            let late = peers.filter { peer in
                guard let converged = entries[peer]?.lastConverged else { return true }
                return before[peer]?.lastConverged.map { converged <= $0 } ?? false
            }
            let isWhole = try peers.isEmpty || missingBlobs() == 0
            if late.isEmpty, isWhole { return [] }
            if kernel.surroundings.uptime() >= deadline { return isWhole ? late : peers }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// How many large values documents here refer to that have not arrived.
    func missingBlobs() throws -> Int { try kernel.consult { try $0.missingBlobCount(in: $1) } }

    public func syncStatus(as caller: Caller) async throws -> SyncStatus {
        try await naming {
            let entries = sync.board.entries
            let known = try await peers(as: caller).items
            let conflicts = try await conflicts(as: caller).items.count
            let waiting = try kernel.read { try $0.documents.waiting(for: nil, through: .max).count }
            let items = known.map { peer in
                let entry = entries.first { $0.key.description == peer.node }?.value
                return PeerSync(
                    node: peer.node, name: peer.name, state: peer.state, ahead: peer.lag,
                    lastSync: entry?.lastConverged?.rfc3339)
            }
            return SyncStatus(
                peers: items, lastSync: entries.values.compactMap(\.lastConverged).max()?.rfc3339,
                pending: known.reduce(0) { $0 + ($1.lag ?? 0) }, conflicts: conflicts, invisible: waiting,
                missingBlobs: try missingBlobs())
        }
    }

    public func syncHistory(as caller: Caller) async throws -> Page<HiveAPI.SyncEvent> {
        let events = sync.board.events
        return Page(
            items: events.enumerated().reversed().map { index, event in
                HiveAPI.SyncEvent(
                    id: String(index), time: event.time.rfc3339, node: event.peer.description, outcome: event.kind,
                    message: event.detail.isEmpty ? nil : event.detail)
            })
    }
}
