/// How rules that speak of one behaviour setting are reconciled. The strategy of a setting is that of the rule with the
/// highest rank among those that speak of it.
public enum SettingStrategy: String, Sendable, Hashable, CaseIterable {
    /// The highest priority has the last word; what others append and merge before it stays.
    case highestPriority = "highest-priority"
    /// The narrowest scope has the last word, whatever the priorities are.
    case mostSpecific = "most-specific"
    /// The rule that was created last has the last word.
    case latestCreated = "latest-created"
    /// The value that most rules set; where several are equally common, the one with the highest rank.
    case consensus
    /// Only rules with this strategy speak, the narrowest alone; nothing accumulates.
    case override
}
