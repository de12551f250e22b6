/// Copies of backups on peers. Everything here is the operator's.
public protocol MirrorService: Sendable {
    /// Where copies of this node's backups are, and what it keeps for others.
    func mirrors(as caller: Caller) async throws -> MirrorReport
    /// Gets a backup back from a peer, by its id or the beginning of it; answers once the file is on disk and was checked.
    func fetchBackup(_ id: String, _ request: FetchBackup, as caller: Caller) async throws -> FetchedBackup
}
