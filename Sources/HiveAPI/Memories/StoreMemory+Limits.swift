extension StoreMemory {
    /// Throws `invalid_input` or `too_large` for what no node would store.
    public func checkLimits() throws {
        try MemoryLimits.check(content: content)
        try MemoryLimits.check(tags: tags)
        try MemoryLimits.check(metadata: metadata)
        try MemoryLimits.check(texts: [
            ("category", category), ("context", context), ("source", source), ("status", status), ("user", user),
            ("subject", subject), ("relation", relation), ("object", object), ("agent", agent),
        ])
        try MemoryLimits.check(confidence: confidence)
        if let record { try RecordLimits.check(record: record) }
        try MemoryLimits.check(expiresIn: expiresIn, isAlsoAbsolute: expiresAt != nil)
        try checkStory()
        let triple = [subject, relation, object].compactMap(\.self)
        guard triple.isEmpty || triple.count == 3 else {
            throw HiveError(
                .invalidInput, "a belief needs `subject`, `relation` and `object`", hint: "give all three or none")
        }
    }
}
