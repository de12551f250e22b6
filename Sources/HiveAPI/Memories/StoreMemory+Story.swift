extension StoreMemory {
    /// Throws `invalid_input` or `too_large` where what an episode or a skill has would not be stored.
    func checkStory() throws {
        if let episode {
            guard kind == "episodic" else { throw Self.wrongKind("episode", "episodic") }
            try MemoryLimits.check(episode)
        }
        if let skill {
            guard kind == "procedural" else { throw Self.wrongKind("skill", "procedural") }
            try MemoryLimits.check(skill)
        }
    }

    private static func wrongKind(_ field: String, _ kind: String) -> HiveError {
        HiveError(.invalidInput, "only \(kind) memories have `\(field)`", hint: "give `kind` as \(kind)")
    }
}
