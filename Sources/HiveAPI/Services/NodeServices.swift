/// All that a node does for its callers, in one value: what a server is composed from.
public struct NodeServices: Sendable {
    public let memories: any MemoryService
    public let assessments: any AssessmentService
    public let beliefs: any BeliefService
    public let conflicts: any ConflictService
    public let peers: any PeerService
    public let rules: any RuleService
    public let status: any StatusService
    public let events: any EventService
    public let portability: any PortabilityService
    public let backups: any BackupService
    public let mirrors: any MirrorService
    public let keys: any KeyService
    public let episodes: any EpisodeService
    public let skills: any SkillService
    public let promotions: any PromotionService
    public let working: any WorkingMemoryService
    public let links: any LinkService
    public let lifecycle: any LifecycleService
    public let records: any RecordService
    public let statistics: any StatisticsService
    /// What runs agents' hooks, keeps their commands and sets agents up; nil where a node is not asked to.
    public var hooks: (any HookService)?
    public var commands: (any CommandService)?
    public var onboarding: (any OnboardingService)?

    public init(
        memories: any MemoryService,
        assessments: any AssessmentService,
        beliefs: any BeliefService,
        conflicts: any ConflictService,
        peers: any PeerService,
        rules: any RuleService,
        status: any StatusService,
        events: any EventService,
        portability: any PortabilityService,
        backups: any BackupService,
        mirrors: any MirrorService,
        keys: any KeyService,
        episodes: any EpisodeService,
        skills: any SkillService,
        promotions: any PromotionService,
        working: any WorkingMemoryService,
        links: any LinkService,
        lifecycle: any LifecycleService,
        records: any RecordService,
        statistics: any StatisticsService
    ) {
        self.memories = memories
        self.assessments = assessments
        self.beliefs = beliefs
        self.conflicts = conflicts
        self.peers = peers
        self.rules = rules
        self.status = status
        self.events = events
        self.portability = portability
        self.backups = backups
        self.mirrors = mirrors
        self.keys = keys
        self.episodes = episodes
        self.skills = skills
        self.promotions = promotions
        self.working = working
        self.links = links
        self.lifecycle = lifecycle
        self.records = records
        self.statistics = statistics
    }

    /// Where one value is all of them.
    public init(
        _ node: some MemoryService
            & AssessmentService
            & BeliefService
            & ConflictService
            & PeerService
            & RuleService
            & StatusService
            & EventService
            & PortabilityService
            & BackupService
            & MirrorService
            & KeyService
            & EpisodeService
            & SkillService
            & PromotionService
            & WorkingMemoryService
            & LinkService
            & LifecycleService
            & RecordService
            & StatisticsService
    ) {
        self.init(
            memories: node,
            assessments: node,
            beliefs: node,
            conflicts: node,
            peers: node,
            rules: node,
            status: node,
            events: node,
            portability: node,
            backups: node,
            mirrors: node,
            keys: node,
            episodes: node,
            skills: node,
            promotions: node,
            working: node,
            links: node,
            lifecycle: node,
            records: node,
            statistics: node)
    }
}
