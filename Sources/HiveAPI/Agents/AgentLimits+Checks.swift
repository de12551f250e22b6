extension RegisterAgent {
    /// Throws `invalid_input` or `too_large` for what no node would keep.
    public func checkLimits() throws {
        try RecordLimits.check(lines: ["role": role, "model": model, "client": client])
        try RecordLimits.check(prose: ["description": description])
        try capabilities.checkLimits()
        try limits.checkLimits()
    }
}

extension AgentCapabilities {
    func checkLimits() throws {
        guard !cognitive.contains("") else { throw HiveError(.invalidInput, "a capability is empty") }
        try RecordLimits.check("capabilities.cognitive", names: cognitive)
        try RecordLimits.check(lines: ["capabilities.performance_tier": performanceTier])
        try MemoryLimits.check(metadata: resourceRequirements)
    }
}

extension AgentLimits {
    func checkLimits() throws {
        let limits = [
            ("maxConcurrentTasks", maxConcurrentTasks), ("maxContextTokens", maxContextTokens),
            ("maxTaskSeconds", maxTaskSeconds),
        ]
        for (name, value) in limits {
            guard let value, !(1...1_000_000_000).contains(value) else { continue }
            throw HiveError(.invalidInput, "`limits.\(name)` must lie between 1 and 1000000000, not at \(value)")
        }
    }
}

extension AgentHeartbeat {
    /// Throws `invalid_input` or `too_large` for what no node would pass on.
    public func checkLimits() throws {
        try RecordLimits.check(lines: ["status": status, "task": task])
        if let load, !(0...1).contains(load) {
            throw HiveError(.invalidInput, "`load` must lie between 0 and 1, not at \(load)")
        }
        if let running, !(0...1_000_000).contains(running) {
            throw HiveError(.invalidInput, "`running` must lie between 0 and 1000000, not at \(running)")
        }
    }
}

extension ChangeAgent {
    public func checkLimits() throws { try RecordLimits.check(prose: ["reason": reason]) }
}

extension AgentQuery {
    public func checkLimits() throws {
        try MessageLimits.check(page: limit)
        try RecordLimits.check(lines: ["q": q, "role": role, "node": node])
        try RecordLimits.check("capability", names: capability)
    }
}
