import HiveAPI

/// Groups of tools that a configuration switches on.
public enum ToolSet: String, Sendable, Hashable, CaseIterable {
    /// Remember, recall, obey.
    case core
    /// Weigh what is remembered, think with it, tell what happened, keep how things are done.
    case memory
    /// Work with other agents.
    case agents
    /// Look after the hive.
    case ops
    /// Read the law.
    case rules

    func tools(_ services: NodeServices) -> [MCPTool] {
        switch self {
        case .core:
            MCPTool.remembering(services.memories) + MCPTool.recalling(services.memories)
                + [MCPTool.evaluateRules(services.rules)] + MCPTool.collective(services)
                + [MCPTool.delegateTask(services.tasks)]
        case .agents:
            MCPTool.agents(services) + MCPTool.messages(services.messages) + MCPTool.tasks(services.tasks)
                + MCPTool.onboarding(services.onboarding)
        case .ops:
            MCPTool.operations(services) + MCPTool.records(services.records)
                + [MCPTool.importMemories(services.portability)]
        case .rules: MCPTool.law(services.rules) + MCPTool.legislation(services)
        case .memory:
            MCPTool.beliefs(services) + MCPTool.episodes(services) + MCPTool.skills(services)
                + MCPTool.promotion(services.promotions) + MCPTool.working(services.working)
                + MCPTool.links(services.links) + [MCPTool.memoryStatistics(services.statistics)]
        }
    }
}
