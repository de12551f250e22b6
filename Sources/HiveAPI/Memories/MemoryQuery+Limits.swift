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
        guard meta.count <= MemoryLimits.queryTags else {
            throw HiveError(
                .invalidInput, "the query names \(meta.count) metadata entries, \(MemoryLimits.queryTags) are allowed",
                hint: "search by fewer of them")
        }
        try MemoryLimits.check(outcome: outcome, isFilter: true)
        try MemoryLimits.check(confidence: confidence)
        try MemoryLimits.check(confidence: believed, named: "believed")
        try MemoryLimits.check(texts: [
            ("q", q), ("category", category), ("scope", scope), ("agent", agent), ("user", user), ("context", context),
            ("status", status), ("source", source), ("subject", subject), ("relation", relation), ("object", object),
        ])
    }
}
