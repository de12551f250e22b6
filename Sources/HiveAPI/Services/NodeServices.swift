/// All that a node does for its callers, in one value: what a server is composed from.
public struct NodeServices: Sendable {
    public let memories: any MemoryService
    public let conflicts: any ConflictService
    public let peers: any PeerService
    public let rules: any RuleService
    public let status: any StatusService
    public let events: any EventService
    public let records: any RecordService
    public let statistics: any StatisticsService

    public init(
        memories: any MemoryService, conflicts: any ConflictService, peers: any PeerService, rules: any RuleService,
        status: any StatusService, events: any EventService, records: any RecordService,
        statistics: any StatisticsService
    ) {
        self.memories = memories
        self.conflicts = conflicts
        self.peers = peers
        self.rules = rules
        self.status = status
        self.events = events
        self.records = records
        self.statistics = statistics
    }

    /// Where one value is all of them.
    public init(
        _ node: some MemoryService & ConflictService & PeerService & RuleService & StatusService & EventService
            & RecordService & StatisticsService
    ) {
        self.init(
            memories: node, conflicts: node, peers: node, rules: node, status: node, events: node, records: node,
            statistics: node)
    }
}
