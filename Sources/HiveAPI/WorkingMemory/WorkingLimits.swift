/// What working sets and context blocks may be asked for.
public enum WorkingLimits {
    /// Tokens.
    public static let budgets = 100...1_000_000
    public static let formats = ["plain", "json", "xml"]
    /// The name of a set, in bytes.
    public static let agent = 1...256

    static func check(budget: Int) throws {
        guard !budgets.contains(budget) else { return }
        throw HiveError(
            .invalidInput,
            "`budget` must lie between \(budgets.lowerBound) and \(budgets.upperBound) tokens, not at \(budget)",
            hint: "a few thousand are usual")
    }

    static func check(agent name: String?) throws {
        guard let name, !agent.contains(name.utf8.count) else { return }
        throw HiveError(.invalidInput, "`agent` must have \(agent.lowerBound) to \(agent.upperBound) bytes")
    }
}
