public import HiveAPI
import HiveCEL
import HiveCore
import HiveRules

extension Node: RuleService {
    public func push(_ request: PushRules, as caller: Caller) async throws -> PushAnswer {
        try await naming {
            guard caller.role == .operator else {
                throw HiveError(.forbidden, "an agent may not change the law", hint: "use the operator token")
            }
            guard !request.emergency, !request.shadow, request.ttl == nil else {
                throw HiveError(
                    .invalidInput, "emergency and shadow pushes are not supported yet",
                    hint: "write `enforcement: shadow` into the rules, or push without the option")
            }
            let contents = try Self.load(request)
            let name = try Self.setName(request, contents)
            let now = kernel.surroundings.now()
            try check(contents, now: now)
            let version = contents.sets.first?.version
            let pushed = try await kernel.write { context in
                try Self.commit(contents.entries, set: name, version: version, agent: caller.agent, in: &context)
            }
            return try pushAnswer(set: name, version: pushed, rules: contents.rules.map(\.name))
        }
    }

    private static func load(_ request: PushRules) throws -> RuleFiles.Contents {
        do {
            let sources = request.sources.map { RuleFiles.Source(path: $0.path, text: $0.text) }
            let contents = try RuleFiles.load(sources)
            guard !contents.rules.isEmpty else {
                throw HiveError(
                    .invalidInput, "there is no rule in what was pushed", hint: "name a folder with rule files")
            }
            return contents
        } catch let error as RuleError { throw invalid(error) }
    }

    static func invalid(_ error: RuleError) -> HiveError {
        HiveError(.invalidRule, "\(error.location): \(error.message)", hint: error.hint)
    }

    private static func setName(_ request: PushRules, _ contents: RuleFiles.Contents) throws -> String {
        if let name = request.set {
            guard ScopeName.isValid(name: name) else { throw HiveError(.invalidInput, "`\(name)` is no name of a set") }
            return name
        }
        let names = Set(contents.rules.map(\.set))
        guard let name = names.first, names.count == 1 else {
            throw HiveError(
                .invalidInput, "the rules belong to several sets: \(names.sorted().joined(separator: ", "))",
                hint: "push one folder at a time, or name the set")
        }
        return name
    }

    /// Compiles what is pushed and runs their tests before anything is written.
    func check(_ contents: RuleFiles.Contents, now: HiveCore.Timestamp) throws {
        do {
            let compiled = try CompiledRuleSet.compile(
                contents, label: "candidate", zones: kernel.surroundings.zones)
            let failed = RuleTester.run(compiled, now: now.milliseconds).filter { $0.failure != nil }
            guard let first = failed.first else { return }
            throw HiveError(
                .invalidRule,
                "\(failed.count) tests fail, first `\(first.test)` of `\(first.rule)`: \(first.failure ?? "")",
                hint: "run `hivectl rules test` and mend the rules")
        } catch let error as RuleError { throw Self.invalid(error) }
    }

    /// Writes documents of a set, and the manifest that names them and those beside them, as one commit.
    static func commit(
        _ documents: [RuleFiles.Entry], beside others: [SetManifest.Entry] = [], set: String, version: Int64?,
        agent: String?, in context: inout WriteContext
    ) throws -> Int64 {
        let lookup = try ScopeLookup(&context.replica, context.transaction)
        let scope = try lookup.require(ScopeName.universal.description).scope
        let address = DocumentAddress(
            scope: scope,
            document: .derived(
                kind: DocumentKind.setManifest.rawValue, key: Array(set.utf8), generation: 0))
        let present =
            try context.transaction.documents.state(address)?[RuleField.text]?.siblings
            .compactMap { try LawBook.text(of: $0, in: context.transaction).flatMap(SetManifest.init(text:))?.version }
            ?? []
        let next = max(version ?? 0, (present.max() ?? 0) + 1)
        var drafts = documents.map { rule in
            Draft(
                .rule, at: ruleAddress(rule.name, set: set, scope: scope), agent: agent, resolves: true,
                changes: [
                    .setText(RuleField.text, rule.text), .set(RuleField.set, .text(set)),
                    .set(RuleField.enabled, .bool(true)),
                ])
        }
        let entries = documents.map { SetManifest.Entry(name: $0.name, digest: LawBook.digest($0.text)) }
        let manifest = SetManifest(name: set, version: next, rules: entries + others)
        drafts.append(
            Draft(
                .setManifest, at: address, agent: agent, resolves: true,
                changes: [.setText(RuleField.text, manifest.text), .set(RuleField.set, .text(set))]))
        _ = try context.commit(drafts)
        return next
    }

    static func ruleAddress(_ name: String, set: String, scope: ScopeID) -> DocumentAddress {
        let key = Array("\(set)/\(name)".utf8)
        return DocumentAddress(
            scope: scope, document: .derived(kind: DocumentKind.rule.rawValue, key: key, generation: 0))
    }

    public func rules(as caller: Caller) async throws -> Page<RuleSummary> {
        try await naming {
            let disabled = try disabledRules()
            let active = lawBook.law.rules.map { Self.summary($0, enabled: true) }
            return Page(
                items: (active + disabled.map { Self.summary($0, enabled: false) }).sorted { $0.name < $1.name })
        }
    }

    private static func summary(_ rule: Rule, enabled: Bool) -> RuleSummary {
        RuleSummary(
            name: rule.name, version: Int(rule.version), type: rule.type, scope: rule.scope.rawValue,
            priority: rule.priority, effect: rule.effect.rawValue, enforcement: rule.enforcement.rawValue,
            enabled: enabled, set: rule.set)
    }

    /// Rules that were switched off and are named by a manifest in force.
    private func disabledRules() throws -> [Rule] {
        let named = Set(lawBook.manifests.flatMap(\.rules).map(\.digest))
        return try kernel.read { transaction in
            try transaction.documents.list(.kind(.rule, scope: nil)).compactMap { state in
                guard state.shown(RuleField.enabled)?.inline == .bool(false), !state.isErased,
                    let text = state.shown(RuleField.text)?.inline?.text, named.contains(LawBook.digest(text))
                else { return nil }
                let set = state.shown(RuleField.set)?.inline?.text ?? ""
                let rule = try RuleFiles.load([.init(path: "\(set)/rule.yaml", text: text)]).rules.first
                return rule.map {
                    var rule = $0
                    rule.set = set
                    return rule
                }
            }
        }
    }

    public func setRule(_ id: String, enabled: Bool, as caller: Caller) async throws -> RuleSummary {
        try await naming {
            guard caller.role == .operator else {
                throw HiveError(.forbidden, "an agent may not change the law", hint: "use the operator token")
            }
            guard let found = try await rules(as: caller).items.first(where: { $0.name == id }) else {
                throw HiveError(.notFound, "there is no rule `\(id)`", hint: "see `hivectl rules list`")
            }
            let set = found.set ?? ""
            try await kernel.write { context in
                let lookup = try ScopeLookup(&context.replica, context.transaction)
                let scope = try lookup.require(ScopeName.universal.description).scope
                _ = try context.commit([
                    Draft(
                        .rule, at: Self.ruleAddress(id, set: set, scope: scope), agent: caller.agent,
                        changes: [.set(RuleField.enabled, .bool(enabled))])
                ])
            }
            try lawBook.refresh(kernel)
            var summary = found
            summary.enabled = enabled
            return summary
        }
    }

    public func decide(_ input: JSONValue, explain: Bool, as caller: Caller) async throws -> JSONValue {
        try await naming {
            let question: DecisionInput
            let law = lawBook.law
            do { question = try DecisionInput(withDefaults(input, caller).cel, schema: law.schema) } catch let failure
                as DecisionInput.Failure
            {
                throw HiveError(
                    .invalidInput, failure.message, hint: "see `hivectl rules eval --help` for the shape of an input")
            }
            let now = kernel.surroundings.now()
            let clock = ContinuousClock()
            let start = clock.now
            var decision = law.decide(question, now: now.milliseconds)
            if lawBook.isAwaited { decision.denyForWantOfLaw() }
            if let leave = try suspension(in: input, caller) { decision.deny(during: leave) }
            decision.durationNanoseconds = Int64((clock.now - start) / .nanoseconds(1))
            var random = SystemRandomNumberGenerator()
            decision.id = Incarnation(using: &random).description
            decisions.count(decision)
            if kernel.surroundings.isTraced { trace(decision, event: input["event"]?.string) }
            recentDecisions.note(DecisionRecord(input: question, decision: decision, time: now))
            if let journal = kernel.surroundings.journal {
                journal(DecisionRecord(input: question, decision: decision, time: now).line)
            }
            guard explain, case .object(var fields) = JSONValue(decision.value) else {
                return JSONValue(decision.value)
            }
            fields["explanation"] = .array(law.explain(question, now: now.milliseconds).map(JSONValue.string))
            return .object(fields)
        }
    }

    /// What stands against whoever asks to do something. What it only tells of is decided by the rules as ever.
    private func suspension(in input: JSONValue, _ caller: Caller) throws -> DutyRoster.Leave? {
        guard ["tool.pre", "operation", "message.send"].contains(input["event"]?.string) else { return nil }
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
