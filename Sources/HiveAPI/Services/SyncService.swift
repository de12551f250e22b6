/// How far this node and others are apart.
public protocol SyncService: Sendable {
    func syncNow(as caller: Caller) async throws -> SyncReport
    func syncStatus(as caller: Caller) async throws -> SyncStatus
    func syncHistory(as caller: Caller) async throws -> Page<SyncEvent>
}
