/// How a thing that runs is.
public enum InfrastructureStatus: String, Sendable, Hashable, CaseIterable {
    case ok
    case degraded
    case down
    case unknown

    /// The status that a word means, as monitors write it (`healthy`, `warning`, `stopped`, …); nil for other words.
    public init?(word: String) {
        let word = word.lowercased()
        guard let status = Self(rawValue: word) ?? Self.aliases[word] else { return nil }
        self = status
    }

    private static let aliases: [String: InfrastructureStatus] = [
        "up": .ok, "healthy": .ok, "running": .ok, "active": .ok, "passing": .ok, "green": .ok, "online": .ok,
        "warning": .degraded, "warn": .degraded, "slow": .degraded, "yellow": .degraded, "impaired": .degraded,
        "failed": .down, "failing": .down, "critical": .down, "stopped": .down, "dead": .down, "error": .down,
        "unhealthy": .down, "inactive": .down, "offline": .down, "red": .down,
    ]
}
