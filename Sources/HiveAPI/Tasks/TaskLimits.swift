/// How large the parts of tasks may be.
public enum TaskLimits {
    /// Titles, capabilities, names; bytes.
    public static let line = 512
    /// Descriptions, results, reasons, notes; bytes.
    public static let prose = 32 << 10
    public static let capabilities = 64
    public static let dependencies = 100
    public static let attempts = 1...100
    /// Seconds.
    public static let lease = 1...604_800
    /// Seconds.
    public static let wait = 0...50
    public static let page = 1...1000

    static func check(lines: KeyValuePairs<String, String?>) throws {
        for (name, value) in lines {
            if let value, value.isEmpty { throw HiveError(.invalidInput, "`\(name)` is empty") }
            try check(name, value, limit: line)
        }
    }

    static func check(prose: KeyValuePairs<String, String?>) throws {
        for (name, value) in prose { try check(name, value, limit: self.prose) }
    }

    private static func check(_ name: String, _ value: String?, limit: Int) throws {
        guard let bytes = value?.utf8.count, bytes > limit else { return }
        throw HiveError(
            .tooLarge, "`\(name)` has \(bytes) bytes, \(limit) are allowed",
            hint: "keep the bulk elsewhere and say where")
    }

    static func check(_ name: String, _ value: Int?, in range: ClosedRange<Int>) throws {
        guard let value, !range.contains(value) else { return }
        throw HiveError(
            .invalidInput,
            "`\(name)` must lie between \(range.lowerBound) and \(range.upperBound), not at \(value)")
    }
}

extension DelegateTask {
    /// Throws `invalid_input` or `too_large` for what no node would keep.
    public func checkLimits() throws {
        try TaskLimits.check(lines: ["title": title, "to": to, "agent": agent])
        try TaskLimits.check(prose: ["description": description])
        guard capabilities.count <= TaskLimits.capabilities else {
            throw HiveError(.tooLarge, "a task asks for at most \(TaskLimits.capabilities) capabilities")
        }
        for capability in capabilities { try TaskLimits.check(lines: ["capabilities": capability]) }
        guard dependsOn.count <= TaskLimits.dependencies else {
            throw HiveError(
                .tooLarge, "a task waits for at most \(TaskLimits.dependencies) others",
                hint: "let one task gather some of them")
        }
        try TaskLimits.check("attempts", attempts, in: TaskLimits.attempts)
        try TaskLimits.check("leaseSeconds", leaseSeconds, in: TaskLimits.lease)
        guard to == nil || choice == nil || choice == "named" else {
            throw HiveError(.invalidInput, "`to` and `choice` exclude each other", hint: "give one of them")
        }
    }
}

extension ClaimTask {
    /// Throws `invalid_input` or `too_large`.
    public func checkLimits() throws {
        try TaskLimits.check(lines: ["agent": agent])
        try TaskLimits.check("waitSeconds", waitSeconds, in: TaskLimits.wait)
    }
}

extension ReportProgress {
    /// Throws `invalid_input` or `too_large`.
    public func checkLimits() throws {
        try TaskLimits.check(lines: ["agent": agent, "claim": claim])
        try TaskLimits.check(prose: ["note": note])
        try TaskLimits.check("percent", percent, in: 0...100)
    }
}

extension CompleteTask {
    /// Throws `invalid_input` or `too_large`.
    public func checkLimits() throws {
        try TaskLimits.check(lines: ["agent": agent, "claim": claim])
        try TaskLimits.check(prose: ["result": result])
        try TaskLimits.check("waitSeconds", waitSeconds, in: TaskLimits.wait)
    }
}

extension FailTask {
    /// Throws `invalid_input` or `too_large`.
    public func checkLimits() throws {
        try TaskLimits.check(lines: ["agent": agent, "claim": claim])
        try TaskLimits.check(prose: ["reason": reason])
        try TaskLimits.check("waitSeconds", waitSeconds, in: TaskLimits.wait)
    }
}

extension CancelTask {
    /// Throws `invalid_input` or `too_large`.
    public func checkLimits() throws {
        try TaskLimits.check(lines: ["agent": agent])
        try TaskLimits.check(prose: ["reason": reason])
        try TaskLimits.check("waitSeconds", waitSeconds, in: TaskLimits.wait)
    }
}

extension TaskQuery {
    /// Throws `invalid_input`.
    public func checkLimits() throws { try TaskLimits.check("limit", limit, in: TaskLimits.page) }
}
