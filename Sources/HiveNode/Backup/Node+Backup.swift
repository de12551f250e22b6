import Dispatch
public import HiveAPI
import HiveCore
import Logging
import Synchronization

extension Node: BackupService {
    private func vault() throws(HiveError) -> any BackupVault {
        guard let vault = kernel.surroundings.backups else {
            throw HiveError(.notSupported, "this node keeps nothing on a disk that could be backed up")
        }
        return vault
    }

    public func backUp(_ request: MakeBackup, as caller: Caller) async throws -> Backup {
        try await naming {
            try caller.requireOperator(to: "make backups")
            return try await makeBackup(path: request.path, isScheduled: false).answer
        }
    }

    /// Beside the cooperative threads: copying a large database takes long.
    func makeBackup(path: String?, isScheduled: Bool) async throws -> BackupRecord {
        let vault = try vault()
        let now = kernel.surroundings.now()
        let order = BackupOrder(
            path: path, now: now, keptUntil: now.advanced(bySeconds: settings.backups.retention),
            isScheduled: isScheduled)
        do {
            return try await withCheckedThrowingContinuation { continuation in
                Self.backupQueue.async { continuation.resume(with: Result { try vault.make(order) }) }
            }
        } catch let error as StoreError where [.misuse, .missing].contains(error.code) {
            throw HiveError(.invalidInput, error.message, hint: error.hint)
        }
    }

    /// Seconds.
    private static let pauseAfterFailure: Int64 = 300
    private static let backupQueue = DispatchQueue(label: "hive.backup", qos: .utility)

    public func backups(as caller: Caller) async throws -> Page<Backup> {
        try await naming {
            try caller.requireOperator(to: "see backups")
            let peers = try mirrorPeers()
            return Page(
                items: try vault().records().map { record in
                    var backup = record.answer
                    backup.mirrors = peers.filter { $0.backups.contains { $0.whole && $0.id == record.id } }
                        .map { $0.name ?? $0.node }
                    return backup
                })
        }
    }

    public func backupKey(_ id: String, as caller: Caller) async throws -> BackupKey {
        try await naming {
            try caller.requireOperator(to: "take keys of backups")
            let vault = try vault()
            let found = try vault.records().filter { $0.id.hasPrefix(id.lowercased()) }
            guard let record = found.first, found.count == 1, !id.isEmpty else {
                throw HiveError(
                    found.isEmpty ? .notFound : .ambiguous, "`\(id)` names \(found.count) backups",
                    hint: "see `hivectl backup list`; the keys of older ones were destroyed")
            }
            return BackupKey(id: record.id, key: try vault.exportKey(of: record.id))
        }
    }

    // MARK: By itself

    /// Makes a backup where the schedule says so, and destroys what is older than it is to be kept.
    func keepBackups() async throws {
        guard let vault = kernel.surroundings.backups else { return }
        let now = kernel.surroundings.now()
        for record in try vault.records() where record.keptUntil <= now { try vault.destroy(record.id) }
        guard let interval = settings.backups.interval else { return }
        let scheduled = try vault.records().filter(\.isScheduled)
        if let last = scheduled.first, last.created.advanced(bySeconds: interval) > now { return }
        // Where the last attempt failed, as on a full disk, some time passes before the next.
        let pause = min(interval, Self.pauseAfterFailure)
        let isTooSoon = backupAttempt.withLock { last in
            if let last, last.advanced(bySeconds: pause) > now { return true }
            last = now
            return false
        }
        guard !isTooSoon else { return }
        let made = try await makeBackup(path: nil, isScheduled: true)
        logger.info("backed up to \(made.path)")
        for record in scheduled.dropFirst(max(0, settings.backups.keep - 1)) { try vault.destroy(record.id) }
    }

    /// When the last backup that may hold what is purged at a time becomes unreadable; nil where there is none.
    func unreadableBy(purgedAt purge: Timestamp) throws -> Timestamp? {
        guard let vault = kernel.surroundings.backups else { return nil }
        var last = try vault.records().map(\.keptUntil).max()
        if settings.backups.interval != nil, purge > kernel.surroundings.now() {
            // Until its bytes go, each scheduled backup takes them along.
            last = max(last ?? purge, purge.advanced(bySeconds: settings.backups.retention))
        }
        return last
    }
}

extension BackupRecord {
    var answer: Backup {
        Backup(
            id: id, createdAt: created.rfc3339, keptUntil: keptUntil.rfc3339, path: path, bytes: size,
            scheduled: isScheduled, exported: isExported)
    }
}
