/// Copies of the whole node. Everything here is the operator's.
public protocol BackupService: Sendable {
    /// Writes an encrypted backup while the node goes on working; answers once it is on disk and was checked.
    func backUp(_ request: MakeBackup, as caller: Caller) async throws -> Backup
    /// The backups whose keys are there, newest first.
    func backups(as caller: Caller) async throws -> Page<Backup>
    /// The key of a backup, by its id or the beginning of it. From then on the backup counts as exported.
    func backupKey(_ id: String, as caller: Caller) async throws -> BackupKey
}
