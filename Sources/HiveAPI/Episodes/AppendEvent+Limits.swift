extension AppendEvent {
    /// Throws `invalid_input` or `too_large` for what no node would keep.
    public func checkLimits() throws {
        try MemoryLimits.check(event: text, data: data)
        try MemoryLimits.check(texts: [("agent", agent)])
    }
}

extension EndEpisode {
    /// Throws `invalid_input` or `too_large` for what no node would keep.
    public func checkLimits() throws {
        try MemoryLimits.check(outcome: outcome)
        try MemoryLimits.check(significance: significance)
        if let note { try MemoryLimits.check(event: note, data: nil) }
        try MemoryLimits.check(texts: [("agent", agent)])
    }
}

extension SimilarQuery {
    /// Throws `invalid_input` for what no node would look for.
    public func checkLimits() throws {
        guard (1...100).contains(limit) else {
            throw HiveError(.invalidInput, "`limit` must lie between 1 and 100, not at \(limit)")
        }
        try MemoryLimits.check(outcome: outcome, isFilter: true)
        try MemoryLimits.check(texts: [("scope", scope)])
    }
}
