public import HiveAPI
import HiveCEL
import HiveCore
import HiveRules

/// Asking the law.
extension Node {
    public func decide(_ input: JSONValue, explain: Bool, as caller: Caller) async throws -> JSONValue {
        try await naming {
            let judgement = try judge(input, as: caller)
            takeDown(judgement)
            let answer = JSONValue(judgement.decision.value)
            guard explain, case .object(var fields) = answer else { return answer }
            fields["explanation"] = .array(
                lawBook.law.explain(judgement.question, now: judgement.time.milliseconds).map(JSONValue.string))
            return .object(fields)
        }
    }

    /// A decision with what it is about.
    struct Judgement {
        let question: DecisionInput
        let decision: Decision
        let time: HiveCore.Timestamp
        let event: String?
    }

    /// What the law says. Nobody is told of it.
    func judge(_ input: JSONValue, as caller: Caller) throws -> Judgement {
        let question: DecisionInput
        let law = lawBook.law
        do { question = try DecisionInput(withDefaults(input, caller).cel, schema: law.schema) } catch {
            throw HiveError(
                .invalidInput, error.message, hint: "see `hivectl rules eval --help` for the shape of an input")
        }
        let now = kernel.surroundings.now()
        let clock = ContinuousClock()
        let start = clock.now
        var decision = law.decide(question, now: now.milliseconds)
        if lawBook.isAwaited, decision.effect != .deny { decision.denyForWantOfLaw() }
        if let leave = try suspension(in: input, caller) { decision.deny(during: leave) }
        decision.durationNanoseconds = Int64((clock.now - start) / .nanoseconds(1))
        var random = SystemRandomNumberGenerator()
        decision.id = Incarnation(using: &random).description
        return Judgement(question: question, decision: decision, time: now, event: input["event"]?.string)
    }

    /// Counts a decision and keeps it for those who look later.
    func takeDown(_ judgement: Judgement) {
        decisions.count(judgement.decision)
        if kernel.surroundings.isTraced { trace(judgement.decision, event: judgement.event) }
        let record = DecisionRecord(
            input: judgement.question, decision: judgement.decision, time: judgement.time)
        recentDecisions.note(record)
        kernel.surroundings.journal?(record.line)
    }

    /// What stands against whoever asks to do something. What it only tells of is decided by the rules as ever.
    private func suspension(in input: JSONValue, _ caller: Caller) throws -> DutyRoster.Leave? {
        guard ["tool.pre", "operation"].contains(input["event"]?.string) else { return nil }
        let names = [caller.agent, input["agent"]?["name"]?.string ?? input["agent"]?.string].compactMap(\.self)
        return try Set(names).sorted().compactMap(duty.leave).first { $0.standing == .suspended }
    }

    /// Adds who asks and where, unless the input says so itself.
    private func withDefaults(_ input: JSONValue, _ caller: Caller) -> JSONValue {
        guard case .object(var fields) = input else { return input }
        if fields["machine"] == nil { fields["machine"] = ["name": .string(settings.name)] }
        if fields["agent"] == nil, let agent = caller.agent { fields["agent"] = ["name": .string(agent)] }
        // Roles are given by the law, not claimed by whom it binds.
        if caller.role == .agent, case .object(var agent)? = fields["agent"], agent["roles"] != nil {
            agent["roles"] = []
            fields["agent"] = .object(agent)
        }
        return .object(fields)
    }
}

extension Decision {
    /// The answer of a node that does not know yet what the law of its hive says.
    fileprivate mutating func denyForWantOfLaw() {
        effect = .deny
        allowed = false
        rule = nil
        message = "this node has joined a hive and has not received its law yet"
        remediation = "wait until it has been in step with a steward; `hivectl sync status` shows when"
    }

    /// Whoever is suspended does nothing, whatever the rules say.
    fileprivate mutating func deny(during leave: DutyRoster.Leave) {
        effect = .deny
        allowed = false
        rule = nil
        message = leave.message
        remediation = leave.advice
    }
}
