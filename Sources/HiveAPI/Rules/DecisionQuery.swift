/// Which of the last decisions to list.
public struct DecisionQuery: JSONRecord {
    /// 1 to 200.
    public var limit: Int
    /// `deny`, `allow`, …
    public var effect: String?
    /// Those that this rule decided.
    public var rule: String?
    public var agent: String?

    /// How many decisions a node remembers.
    public static let most = 200

    public init(limit: Int = 50, effect: String? = nil, rule: String? = nil, agent: String? = nil) {
        self.limit = limit
        self.effect = effect
        self.rule = rule
        self.agent = agent
    }

    /// Throws `invalid_input` where a field is out of its bounds.
    public func checkLimits() throws {
        guard (1...Self.most).contains(limit) else {
            throw HiveError(.invalidInput, "`limit` must be from 1 to \(Self.most), not \(limit)")
        }
    }

    /// Whether a decision is asked for.
    public func admits(_ decision: RecentDecision) -> Bool {
        (effect.map { $0 == decision.effect } ?? true) && (rule.map { $0 == decision.rule } ?? true)
            && (agent.map { $0 == decision.agent } ?? true)
    }
}

extension DecisionQuery {
    public init(reading fields: inout FieldReader) throws {
        limit = try fields.value("limit", default: 50)
        effect = try fields.optional("effect")
        rule = try fields.optional("rule")
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("limit", limit)
        fields.putIfPresent("effect", effect)
        fields.putIfPresent("rule", rule)
        fields.putIfPresent("agent", agent)
    }
}
