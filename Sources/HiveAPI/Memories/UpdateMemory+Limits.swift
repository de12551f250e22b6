extension UpdateMemory {
    /// Throws `invalid_input` or `too_large` for what no node would store.
    public func checkLimits() throws {
        if let content { try MemoryLimits.check(content: content) }
        if let tags {
            guard addTags.isEmpty, removeTags.isEmpty else {
                throw HiveError(
                    .invalidInput, "`tags` replaces all tags: it excludes `addTags` and `removeTags`",
                    hint: "give one or the other")
            }
            try MemoryLimits.check(tags: tags)
        }
        try MemoryLimits.check(tags: addTags)
        try MemoryLimits.check(metadata: metadata)
        try MemoryLimits.check(texts: [
            ("category", category.value), ("context", context.value), ("source", source.value),
            ("status", status.value), ("agent", agent),
        ])
        try MemoryLimits.check(confidence: confidence.value)
        try MemoryLimits.check(expiresIn: expiresIn, isAlsoAbsolute: expiresAt != .keep)
        guard changesSomething else {
            throw HiveError(.invalidInput, "the update changes nothing", hint: "name at least one field")
        }
    }

    private var changesSomething: Bool {
        content != nil || category != .keep || context != .keep || confidence != .keep || expiresAt != .keep
            || expiresIn != nil || source != .keep || status != .keep || tags != nil || !addTags.isEmpty
            || !removeTags.isEmpty || !metadata.isEmpty || !addLinks.isEmpty || !removeLinks.isEmpty
    }
}
