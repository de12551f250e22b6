import HiveAPI
import HiveCore

/// Reads what callers give for tasks. What makes no sense throws `invalid_input` and says what would.
enum TaskInput {
    static func brief(_ request: DelegateTask, now: Timestamp) throws -> TaskBrief {
        guard let title = RecordText.line(request.title) else {
            throw HiveError(.invalidInput, "a task needs a title", hint: "say in one line what is to be done")
        }
        var brief = TaskBrief(title: title, details: request.description.flatMap(RecordText.prose))
        brief.capabilities = Set(request.capabilities.compactMap(RecordText.line)).sorted()
        brief.priority = try priority(request.priority)
        brief.deadline = try deadline(request.deadline, now: now)
        brief.addressee = request.to
        brief.choice = request.to == nil ? try request.choice.map(mode) ?? .suitable : .named
        guard brief.choice != .named || request.to != nil else {
            throw HiveError(.invalidInput, "`named` needs an agent", hint: "give its name as `to`")
        }
        brief.attempts = request.attempts.map(Int64.init) ?? TaskBrief.usualAttempts
        brief.lease = request.leaseSeconds.map(Int64.init) ?? TaskBrief.usualLease
        return brief
    }

    static func priority(_ text: String) throws -> Int64 {
        if let known = TaskBrief.priorities.first(where: { $0.key == text.lowercased() }) { return known.value }
        guard let number = Int64(text), (1...1000).contains(number) else {
            throw HiveError(
                .invalidInput, "`\(text)` is no priority", hint: "use critical, high, normal, low, or 1 to 1000")
        }
        return number
    }

    private static func mode(_ text: String) throws -> TaskChoice.Mode {
        guard let mode = TaskChoice.Mode(rawValue: text) else {
            throw HiveError(
                .invalidInput, "`\(text)` is no way to find an agent",
                hint: "use suitable or anyone, or name one with `to`")
        }
        return mode
    }

    private static func deadline(_ text: String?, now: Timestamp) throws -> Timestamp? {
        guard let deadline = try RecordInput.time("deadline", text) else { return nil }
        guard deadline > now else {
            throw HiveError(
                .invalidInput, "the deadline lies in the past, at \(deadline.rfc3339)", hint: "leave it out, or move it"
            )
        }
        return deadline
    }

    /// The status of a query: one, or all that are not closed.
    static func statuses(_ text: String?) throws -> Set<TaskStatus> {
        guard let text else { return Set(TaskStatus.allCases) }
        if text == "active" { return Set(TaskStatus.allCases.filter { !$0.isClosed }) }
        guard let status = TaskStatus(rawValue: text) else {
            throw HiveError(
                .invalidInput, "`\(text)` is no status of a task",
                hint: "use active, \(TaskStatus.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return [status]
    }

    /// The agent that a request speaks for.
    static func agent(_ name: String?, _ caller: Caller) throws -> String {
        guard let agent = name ?? caller.agent, !agent.isEmpty else {
            throw HiveError(.invalidInput, "it is not said which agent asks", hint: "give `agent`")
        }
        return agent
    }

    /// The id of a new request.
    static func requestID(_ random: inout some RandomNumberGenerator) -> String {
        Hex.encode(Array(Incarnation(using: &random).bytes.prefix(8)))
    }
}
