extension AssessMemory {
    /// Throws `invalid_input` or `too_large` for what no node would take as a verification.
    public func checkVerification() throws {
        guard by == nil else {
            throw HiveError(.invalidInput, "`by` names what contradicts a memory", hint: "say why in `reason`")
        }
        try MemoryLimits.check(texts: [("reason", reason), ("agent", agent)])
    }

    /// The same for a contradiction.
    public func checkContradiction() throws {
        guard withdraw || by != nil || reason != nil else {
            throw HiveError(
                .invalidInput, "a contradiction says what speaks against the memory",
                hint: "name another memory in `by`, or say why in `reason`")
        }
        try MemoryLimits.check(texts: [("reason", reason), ("by", by), ("agent", agent)])
    }
}

extension RetractMemory {
    /// Throws `invalid_input` or `too_large` for what no node would take.
    public func checkLimits() throws {
        guard !reason.isEmpty else {
            throw HiveError(.invalidInput, "the reason is empty", hint: "say why the memory does not hold")
        }
        try MemoryLimits.check(texts: [("reason", reason), ("kept", kept), ("agent", agent)])
    }
}

extension UseMemory {
    /// Throws `invalid_input` for what no node would count.
    public func checkLimits() throws {
        guard !(1...1000).contains(times) else { return }
        throw HiveError(.invalidInput, "`times` must lie between 1 and 1000, not at \(times)")
    }
}

extension BeliefQuery {
    /// Throws `invalid_input` or `too_large` for what no node would look for.
    public func checkLimits() throws {
        guard MemoryLimits.page.contains(limit) else {
            throw HiveError(.invalidInput, "`limit` must lie between 1 and 1000, not at \(limit)")
        }
        try MemoryLimits.check(texts: [("subject", subject), ("relation", relation), ("scope", scope)])
    }
}
