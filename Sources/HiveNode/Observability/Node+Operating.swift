import HiveAPI
import HiveCore
import HiveSync
import Logging

/// What somebody who operates a node wants numbers for, beside what it does for agents.
extension Node {
    /// A known peer with what is known of it now.
    struct PeerStanding {
        let record: PeerRecord
        let entry: PeerBoard.Entry?
        /// How many operations that it may have it has not said to hold.
        let lag: Int
    }

    func peerStandings() throws -> [PeerStanding] {
        let board = sync.board.entries
        return try kernel.consult { replica, transaction in
            try PeerRecord.all(in: transaction).sorted { $0.node < $1.node }.map { record in
                let entry = board[record.node]
                let view = try ExchangeGate.view(for: record.node, replica: &replica, in: transaction)
                return PeerStanding(
                    record: record, entry: entry, lag: Self.lag(of: entry ?? PeerBoard.Entry(), behind: view))
            }
        }
    }

    func operatingSamples() async -> [MetricSample] {
        var samples = sync.board.durations.samples(
            "hive_sync_duration_seconds", help: "How long two nodes differed before they found themselves equal.")
        samples += usageSamples + circuitSamples
        let health = await health()
        samples.append(gauge("hive_health", "How the node is: 0 well, 1 degraded, 2 failing.", Self.number(health)))
        samples.append(
            gauge("hive_build_info", "Always 1; the version is a label.", 1, ["version": settings.version]))
        // How much lies here and elsewhere is counted over all scopes.
        guard !Access.current.permit.isLimited else { return samples }
        do {
            samples += try await peerSamples() + mirrorSamples()
        } catch { logger.error("numbers about peers cannot be told: \(error)") }
        return samples + kernel.surroundings.meters()
    }

    private static func number(_ health: Health) -> Double {
        switch health.status {
        case .ok: 0
        case .degraded: 1
        case .failing: 2
        }
    }

    private func gauge(
        _ name: String, _ help: String, _ value: Double, _ labels: [String: String] = [:]
    ) -> MetricSample {
        MetricSample(name: name, type: .gauge, help: help, labels: labels, value: value)
    }

    private var usageSamples: [MetricSample] {
        kernel.surroundings.usage().sorted { $0.key < $1.key }.map { resource, bytes in
            gauge(
                "agent_resource_usage_bytes", "What the node takes, in bytes.", Double(bytes), ["resource": resource])
        }
    }

    /// Writing is a circuit as well: open after a write that failed, until the next one succeeds.
    private var circuitSamples: [MetricSample] {
        [
            gauge(
                "agent_circuit_breaker_state",
                "Whether calls are made: 0 yes, 1 once to see whether it works again, 2 no.",
                kernel.failure == nil ? 0 : 2, ["circuit": "writes"])
        ]
    }

    private func peerSamples() throws -> [MetricSample] {
        let standings = try peerStandings()
        let connected = standings.count { $0.entry?.isConnected == true }
        return [
            gauge("hive_peers_known", "Nodes that this one knows.", Double(standings.count)),
            gauge("hive_peers_connected", "Nodes that this one is connected with.", Double(connected)),
        ]
            + standings.map {
                gauge(
                    "hive_replication_lag_operations", "Operations that a peer may have and has not said to hold.",
                    Double($0.lag), ["peer": $0.record.node.short])
            }
            + sync.circuits.sorted { $0.key < $1.key }.map { peer, circuit in
                gauge(
                    "agent_circuit_breaker_state",
                    "Whether calls are made: 0 yes, 1 once to see whether it works again, 2 no.",
                    Double(circuit.rawValue), ["circuit": "peer", "peer": peer.short])
            } + pushSamples
    }

    /// Live push, bulk and senders that are cut off.
    private var pushSamples: [MetricSample] {
        let push = sync.shared.push.counts
        let bulk = sync.shared.traffic.bulkBytes
        let dropped = sync.board.entries.values.reduce(0) { $0 + $1.dropped }
        let counts: [(String, String, UInt64)] = [
            ("hive_push_sent_total", "Operations' heads pushed to peers.", push.pushed),
            ("hive_push_announced_total", "Heads that peers were only told of.", push.announced),
            ("hive_push_duplicates_total", "Pushes of what was here already.", push.duplicates),
            ("hive_push_grafts_total", "What was told and did not come by itself.", push.grafts),
            ("hive_push_prunes_total", "Links that were asked to tell only.", push.prunes),
            ("hive_push_dropped_total", "Messages not sent to peers that read too slowly.", dropped),
            ("hive_sync_bulk_plain_bytes_total", "Bytes of bulk before compression.", bulk.plain),
            ("hive_sync_bulk_sent_bytes_total", "Bytes of bulk after compression.", bulk.sent),
        ]
        return counts.map {
            MetricSample(name: $0.0, type: .counter, help: $0.1, value: Double($0.2))
        } + [gauge("hive_peers_cut_off", "Peers cut off for what they sent.", Double(sync.shared.cutOffCount))]
    }

    /// Copies of backups: those of this node that others hold, and what it holds for others.
    private func mirrorSamples() async throws -> [MetricSample] {
        guard let mirroring else { return [] }
        var samples: [MetricSample] = []
        let peers = try mirrorPeers()
        for peer in peers {
            samples.append(
                gauge(
                    "hive_mirror_copies", "Whole copies of this node's backups that a peer holds.",
                    Double(peer.backups.count { $0.whole }), ["peer": String(peer.node.prefix(8))]))
        }
        samples.append(
            gauge(
                "hive_mirror_copies_missing", "Copies of backups that peers should hold and do not.",
                Double(peers.reduce(0) { $0 + max(0, $1.copies - $1.backups.count { $0.whole }) })))
        let held = try await mirroring.holdings().filter { $0.owner != identity.node }
        samples.append(gauge("hive_mirrors_held", "Backups of others that are kept here.", Double(held.count)))
        samples.append(
            gauge(
                "hive_mirrors_held_bytes", "What backups of others take here, in bytes.",
                Double(held.reduce(0) { $0 + $1.held })))
        return samples
    }
}
