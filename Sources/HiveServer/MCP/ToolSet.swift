import HiveAPI

/// Groups of tools that a configuration switches on.
public enum ToolSet: String, Sendable, Hashable, CaseIterable {
    /// Remember, recall, obey.
    case core
    /// Weigh what is remembered.
    case memory
    /// Look after the hive.
    case ops
    /// Read the law.
    case rules
    /// Tell what happened, keep how things are done, share it.
    case memory

    func tools(_ services: NodeServices) -> [MCPTool] {
        switch self {
        case .core:
            MCPTool.remembering(services.memories) + MCPTool.recalling(services.memories)
                + [MCPTool.evaluateRules(services.rules)]
        case .memory: MCPTool.beliefs(services)
        case .ops: MCPTool.operations(services)
        case .rules: MCPTool.law(services.rules)
        case .memory:
            MCPTool.episodes(services) + MCPTool.skills(services) + MCPTool.promotion(services.promotions)
        }
    }
}
