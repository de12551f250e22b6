/// Other nodes.
public protocol PeerService: Sendable {
    func peers(as caller: Caller) async throws -> Page<Peer>
    func invite(_ request: InvitePeer, as caller: Caller) async throws -> Invitation
    func join(_ request: JoinHive, as caller: Caller) async throws -> JoinAnswer
    func retire(_ peer: String, _ request: RetirePeer, as caller: Caller) async throws -> RetirementAnswer
    func syncNow(as caller: Caller) async throws -> SyncReport
    func syncStatus(as caller: Caller) async throws -> SyncStatus
    func syncHistory(as caller: Caller) async throws -> Page<SyncEvent>
}
