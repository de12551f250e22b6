/// All that a node does for its callers, in one value: what a server is composed from.
public struct NodeServices: Sendable {
    public let memories: any MemoryService
    public let assessments: any AssessmentService
    public let beliefs: any BeliefService
    public let conflicts: any ConflictService
    public let forks: any ForkService
    public let peers: any PeerService
    public let rules: any RuleService
    public let status: any StatusService
    public let events: any EventService
    public let portability: any PortabilityService
    public let backups: any BackupService
    public let mirrors: any MirrorService
    public let keys: any KeyService
    public let tokens: any TokenService
    public let access: any AccessService
    public let episodes: any EpisodeService
    public let skills: any SkillService
    public let promotions: any PromotionService
    public let working: any WorkingMemoryService
    public let links: any LinkService
    public let lifecycle: any LifecycleService
    public let records: any RecordService
    public let statistics: any StatisticsService
    public let decisionLog: any DecisionLogService
    public let tasks: any TaskService
    public let agents: any AgentService & PresenceService
    public let messages: any MessageService
    public let knowledge: any KnowledgeService
    public let scopes: any ScopeService
    /// What runs agents' hooks, keeps their commands and sets agents up; nil where a node is not asked to.
    public var hooks: (any HookService)?
    public var commands: (any CommandService)?
    public var onboarding: (any OnboardingService)?
    /// Nil where rules are only taken or refused.
    public var validation: (any RuleValidation)?

    public init(
        memories: any MemoryService,
        assessments: any AssessmentService,
        beliefs: any BeliefService,
        conflicts: any ConflictService,
        forks: any ForkService,
        peers: any PeerService,
        rules: any RuleService,
        status: any StatusService,
        events: any EventService,
        portability: any PortabilityService,
        backups: any BackupService,
        mirrors: any MirrorService,
        keys: any KeyService,
        tokens: any TokenService,
        access: any AccessService,
        episodes: any EpisodeService,
        skills: any SkillService,
        promotions: any PromotionService,
        working: any WorkingMemoryService,
        links: any LinkService,
        lifecycle: any LifecycleService,
        records: any RecordService,
        statistics: any StatisticsService,
        decisionLog: any DecisionLogService,
        tasks: any TaskService,
        agents: any AgentService & PresenceService,
        messages: any MessageService,
        knowledge: any KnowledgeService,
        scopes: any ScopeService
    ) {
        self.memories = memories
        self.assessments = assessments
        self.beliefs = beliefs
        self.conflicts = conflicts
        self.forks = forks
        self.peers = peers
        self.rules = rules
        self.status = status
        self.events = events
        self.portability = portability
        self.backups = backups
        self.mirrors = mirrors
        self.keys = keys
        self.tokens = tokens
        self.access = access
        self.episodes = episodes
        self.skills = skills
        self.promotions = promotions
        self.working = working
        self.links = links
        self.lifecycle = lifecycle
        self.records = records
        self.statistics = statistics
        self.decisionLog = decisionLog
        self.tasks = tasks
        self.agents = agents
        self.messages = messages
        self.knowledge = knowledge
        self.scopes = scopes
    }

    /// Where one value is all of them.
    public init(
        _ node: some MemoryService
            & AssessmentService
            & BeliefService
            & ConflictService
            & ForkService
            & PeerService
            & RuleService
            & StatusService
            & EventService
            & PortabilityService
            & BackupService
            & MirrorService
            & KeyService
            & TokenService
            & AccessService
            & EpisodeService
            & SkillService
            & PromotionService
            & WorkingMemoryService
            & LinkService
            & LifecycleService
            & RecordService
            & StatisticsService
            & DecisionLogService
            & TaskService
            & AgentService
            & PresenceService
            & MessageService
            & KnowledgeService
            & ScopeService
    ) {
        self.init(
            memories: node,
            assessments: node,
            beliefs: node,
            conflicts: node,
            forks: node,
            peers: node,
            rules: node,
            status: node,
            events: node,
            portability: node,
            backups: node,
            mirrors: node,
            keys: node,
            tokens: node,
            access: node,
            episodes: node,
            skills: node,
            promotions: node,
            working: node,
            links: node,
            lifecycle: node,
            records: node,
            statistics: node,
            decisionLog: node,
            tasks: node,
            agents: node,
            messages: node,
            knowledge: node,
            scopes: node)
    }
}
