import HiveAPI

/// What a node that runs says of itself and of others.
struct NodeExamination {
    let client: HiveClient

    func checks() async throws -> [HealthCheck] {
        let status = try await client.status(as: .operator)
        var checks = [versionCheck(status)]
        // A node of another version may not tell what it looked at.
        let told = status.health.checks
        checks +=
            told.isEmpty
            ? status.health.reasons.map { .warning("health", $0, advice: "see the node's log") } : told
        checks += try await unreachablePeers(known: told)
        return checks
    }

    private func versionCheck(_ status: NodeStatus) -> HealthCheck {
        guard status.version != HiveControl.version else {
            return .ok("version", "node and hivectl have version \(status.version)")
        }
        return .warning(
            "version", "the node has version \(status.version), hivectl \(HiveControl.version)",
            advice: "install the same version of both, and restart the node")
    }

    private func unreachablePeers(known: [HealthCheck]) async throws -> [HealthCheck] {
        try await client.peers(as: .operator).items.filter { $0.state != .connected }.map { peer in
            let name = peer.name.map { "`\($0)`" } ?? Table.short(peer.node)
            return .warning(
                "peers", "\(name) is not connected" + (peer.problem.map { ": \($0)" } ?? ""),
                advice: "is it running, and does `\(peer.address ?? "its address")` lead to it from here?")
        }
    }
}
