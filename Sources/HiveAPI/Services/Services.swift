/// What a node does for its callers, as protocols that the node itself and the HTTP client both implement.
/// Every failure is a `HiveError`.

/// Keeping and finding memories.
public protocol MemoryService: Sendable {
    func store(_ request: StoreMemory, as caller: Caller) async throws -> MemoryAnswer
    func memory(_ id: String, as caller: Caller) async throws -> Memory
    func search(_ query: MemoryQuery, as caller: Caller) async throws -> Page<MemoryHit>
    func update(_ id: String, with request: UpdateMemory, as caller: Caller) async throws -> MemoryAnswer
    func remove(_ id: String, _ request: RemoveMemory, as caller: Caller) async throws -> RemovalAnswer
    func history(_ id: String, as caller: Caller) async throws -> Page<HistoryEntry>
}

/// Seeing and settling divergence.
public protocol ConflictService: Sendable {
    func conflicts(as caller: Caller) async throws -> Page<Conflict>
    func conflict(_ id: String, as caller: Caller) async throws -> Conflict
    func resolve(_ id: String, with request: ResolveConflict, as caller: Caller) async throws -> MemoryAnswer
}

/// Other nodes.
public protocol PeerService: Sendable {
    func peers(as caller: Caller) async throws -> Page<Peer>
    func invite(_ request: InvitePeer, as caller: Caller) async throws -> Invitation
    func join(_ request: JoinHive, as caller: Caller) async throws -> JoinAnswer
    func syncNow(as caller: Caller) async throws -> SyncReport
    func syncStatus(as caller: Caller) async throws -> SyncStatus
    func syncHistory(as caller: Caller) async throws -> Page<SyncEvent>
}

/// The law.
public protocol RuleService: Sendable {
    func push(_ request: PushRules, as caller: Caller) async throws -> PushAnswer
    func rules(as caller: Caller) async throws -> Page<RuleSummary>
    func rule(_ id: String, as caller: Caller) async throws -> RuleDetail
    func setRule(_ id: String, enabled: Bool, as caller: Caller) async throws -> RuleSummary
    /// The decision in the JSON shape of the public surface.
    func decide(_ input: JSONValue, explain: Bool, as caller: Caller) async throws -> JSONValue
}

/// The node itself.
public protocol StatusService: Sendable {
    func status(as caller: Caller) async throws -> NodeStatus
    func health() async -> Health
    func scopes(as caller: Caller) async throws -> Page<ScopeSummary>
    func verify(rebuild: Bool, as caller: Caller) async throws -> VerifyReport
    func metrics() async -> [MetricSample]
}
