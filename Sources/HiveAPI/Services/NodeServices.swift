/// All that a node does for its callers, in one value: what a server is composed from.
public struct NodeServices: Sendable {
    public let memories: any MemoryService
    public let conflicts: any ConflictService
    public let peers: any PeerService
    public let rules: any RuleService
    public let status: any StatusService
    public let events: any EventService
    public let episodes: any EpisodeService
    public let skills: any SkillService
    public let promotions: any PromotionService

    public init(
        memories: any MemoryService, conflicts: any ConflictService, peers: any PeerService, rules: any RuleService,
        status: any StatusService, events: any EventService,
        episodes: any EpisodeService, skills: any SkillService, promotions: any PromotionService
    ) {
        self.memories = memories
        self.conflicts = conflicts
        self.peers = peers
        self.rules = rules
        self.status = status
        self.events = events
        self.episodes = episodes
        self.skills = skills
        self.promotions = promotions
    }

    /// Where one value is all of them.
    public init(
        _ node: some MemoryService & ConflictService & PeerService & RuleService & StatusService & EventService
            & EpisodeService & SkillService & PromotionService
    ) {
        self.init(
            memories: node, conflicts: node, peers: node, rules: node, status: node, events: node,
            episodes: node, skills: node, promotions: node)
    }
}
