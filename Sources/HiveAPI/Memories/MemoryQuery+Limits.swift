extension MemoryQuery {
    /// Throws `invalid_input` or `too_large` for what no node would search for.
    public func checkLimits() throws {
        guard MemoryLimits.page.contains(limit) else {
            throw HiveError(
                .invalidInput,
                "`limit` must lie between \(MemoryLimits.page.lowerBound) and \(MemoryLimits.page.upperBound), "
                    + "not at \(limit)")
        }
        guard tag.count <= MemoryLimits.queryTags else {
            throw HiveError(
                .invalidInput, "the query names \(tag.count) tags, \(MemoryLimits.queryTags) are allowed",
                hint: "search by fewer tags")
        }
        try MemoryLimits.check(texts: [
            ("q", q), ("category", category), ("scope", scope), ("agent", agent), ("user", user),
        ])
    }
}
