public import HiveAPI
import HiveCore
import HiveRules
import Synchronization

/// How a node is: every thing that can be looked at, with advice.
extension Node {
    public func health() async -> Health {
        var checks: [HealthCheck]
        do { checks = try storeChecks() } catch {
            let check = HealthCheck.failing(
                "store", "the store cannot be read: \(error)",
                advice: "see the log; restore a backup if it cannot be mended")
            return Health(checks: [check], ready: false)
        }
        do {
            checks.append(contentsOf: try lawChecks() + modelChecks)
            checks.append(contentsOf: try forkChecks())
            checks.append(contentsOf: try peerChecks())
            checks.append(contentsOf: try backupChecks())
            checks.append(contentsOf: try conflictChecks())
        } catch {
            checks.append(.warning("peers", "what peers hold cannot be told: \(error)", advice: "see the log"))
        }
        return Health(checks: checks)
    }

    // MARK: The store

    private func storeChecks() throws -> [HealthCheck] {
        let waiting = try kernel.read { transaction in
            _ = try transaction.index.count()
            return try Reissue.count(in: transaction)
        }
        var checks = [writeCheck, diskCheck, scrubCheck].compactMap { $0 }
        checks += try (keyKeeping?.complaints() ?? []).map {
            HealthCheck.warning("keys", $0, advice: "see `hivectl keys status`")
        }
        if waiting > 0 {
            checks.append(
                .warning(
                    "reissue", "\(waiting) memories of the former hive wait until this node may write them",
                    advice: "have a steward give this node a role that may write"))
        }
        if sync.board.needsIncarnation {
            checks.append(
                .warning(
                    "incarnation",
                    "a peer held more of this node's log than this node did; it was fetched and a new life begun",
                    advice: "was an old copy of the database put back? Use `hivectl restore` the next time"))
        }
        return checks
    }

    private var writeCheck: HealthCheck {
        guard let failure = kernel.failure else { return .ok("store", "reads and writes") }
        return .warning("store", "the last write failed: \(failure)", advice: failure.hint)
    }

    private var diskCheck: HealthCheck? {
        guard let room = kernel.surroundings.room() else { return nil }
        let free = room.free >> 20
        guard room.free < settings.health.diskFree else { return .ok("disk", "\(free) MiB are free") }
        return .warning(
            "disk", "the disk is nearly full: \(free) MiB are free",
            advice: "free some space; once there is none, nothing is written any more")
    }

    private var scrubCheck: HealthCheck? {
        guard let last = lastVerification.withLock({ $0 }) else { return nil }
        guard let first = last.problems.first else { return .ok("scrub", "the store was checked and is whole") }
        let more = last.problems.count > 1 ? ", and \(last.problems.count - 1) more" : ""
        return .warning(
            "scrub", "the last check of the store found \(first)\(more)",
            advice: "run `hivectl verify --rebuild`; restore a backup if that does not help")
    }

    // MARK: Law and models

    private func lawChecks() throws -> [HealthCheck] {
        var checks = lawBook.problems.sorted { $0.key < $1.key }.map { set, problem in
            HealthCheck.warning(
                "rules", "rule set `\(set)` is not in force: \(problem)",
                advice: "mend the set and push it again; until then its last good version stays")
        }
        if lawBook.isAwaited {
            checks.append(
                .warning(
                    "law", "the law of the hive has not arrived yet: everything is denied",
                    advice: "connect this node to a steward"))
        } else {
            checks += try kernel.consult { self.unheldScopes(try ScopeLookup(&$0, $1, within: .everything)) }.map {
                HealthCheck.warning(
                    "scopes", $0, advice: "name a scope that this node holds in hive.yaml, or have it granted")
            }
        }
        return checks.isEmpty ? [.ok("law", "\(lawBook.law.rules.count) rules are in force")] : checks
    }

    private var modelChecks: [HealthCheck] {
        modelProblems.map {
            HealthCheck.warning(
                "model", $0, advice: "start the model's server, or look at `search` and `summaries` in hive.yaml")
        }
    }

    // MARK: Peers and backups

    private func peerChecks() throws -> [HealthCheck] {
        let now = kernel.surroundings.now()
        let standings = try peerStandings()
        var checks = standings.compactMap { standing -> HealthCheck? in
            let name = standing.record.name.isEmpty ? standing.record.node.short : standing.record.name
            let entry = standing.entry
            if let silence = settings.health.peerSilence, entry?.isConnected != true,
                (entry?.lastSeen ?? startedAt).advanced(bySeconds: silence) <= now
            {
                return .warning(
                    "peers", "`\(name)` was not heard for \(silence / 3600) hours",
                    advice: "start it, or remove it from the hive if it is gone for good")
            }
            if standing.lag > 0, entry?.isConnected == true,
                (entry?.lastConverged ?? startedAt).advanced(bySeconds: settings.health.peerLag) <= now
            {
                return .warning(
                    "peers", "`\(name)` lacks \(standing.lag) operations and has not caught up for a while",
                    advice: "see `hivectl sync history` and the log of that node")
            }
            return nil
        }
        let doubtful = standings.filter { ($0.entry?.faults["clock_ahead"] ?? 0) > 0 }
        checks += doubtful.map {
            HealthCheck.warning(
                "clock", "operations of `\($0.record.name)` come from the future",
                advice: "set the clock of that machine, or of this one")
        }
        checks += standings.compactMap(faultCheck)
        guard checks.isEmpty else { return checks }
        let connected = standings.count { $0.entry?.isConnected == true }
        return [.ok("peers", "\(connected) of \(standings.count) are connected")]
    }

    /// What a peer sent that this node would not take. What is only too early comes again by itself.
    private func faultCheck(_ standing: PeerStanding) -> HealthCheck? {
        let harmless: Set<String> = ["clock_ahead", "withheld"]
        let faults = (standing.entry?.faults ?? [:]).filter { !harmless.contains($0.key) }.sorted { $0.key < $1.key }
        guard !faults.isEmpty else { return nil }
        let what = faults.map { "\($0.key) \($0.value) times" }.joined(separator: ", ")
        return .warning(
            "peers", "`\(standing.record.name)` sent what was refused: \(what)",
            advice: "see `hivectl sync history`; is its version old, or its disk broken?")
    }

    private func backupChecks() throws -> [HealthCheck] {
        var checks = try mirrorComplaints().map {
            HealthCheck.warning("mirrors", $0, advice: "see `hivectl backup mirrors`")
        }
        guard let vault = kernel.surroundings.backups, let interval = settings.backups.interval else { return checks }
        let last = try vault.records().filter(\.isScheduled).map(\.created).max() ?? startedAt
        // One that is late by half the interval is not only slow.
        guard last.advanced(bySeconds: interval + max(interval / 2, 600)) <= kernel.surroundings.now() else {
            return checks
        }
        checks.append(
            .warning(
                "backups", "the last scheduled backup is older than it should be, from \(last.rfc3339)",
                advice: "see the log for why it failed; is there room for it?"))
        return checks
    }
}
