import HiveAPI

/// What the law says about an event, as far as a client is to hear of it.
struct HookVerdict: Sendable {
    /// From the strictest to the mildest.
    enum Effect: String, Sendable, CaseIterable {
        case deny
        case ask = "require-approval"
        case transform
        case warn
        case annotate
        case allow
        /// No rule had a say.
        case none
    }

    var effect: Effect
    /// Why, and what to do instead.
    var reason: String
    /// What a transformation replaced.
    var replaced: [String: JSONValue]
    /// Whether a rule allows it, whatever else applies.
    var isAllowed: Bool
    /// Behaviour that rules set.
    var settings: [String: JSONValue]

    /// A decision as the law answers it. What cannot be read is a refusal.
    init(_ decision: JSONValue) {
        replaced = decision["transformed"]?.object ?? [:]
        settings = decision["settings"]?.object ?? [:]
        let matched = decision["matched"]?.array ?? []
        isAllowed = matched.contains {
            $0["effect"]?.string == "allow" && $0["enforcement"]?.string == "enforce"
        }
        let rule = decision["rule"]?["id"]?.string
        switch decision["effect"]?.string.flatMap(Effect.init(rawValue:)) {
        case .allow? where rule == nil: effect = .none
        case let known?: effect = known
        case nil: effect = decision["allowed"]?.bool == true ? .none : .deny
        }
        var words = decision["message"]?.string ?? "the rules of the hive do not allow it"
        if let remediation = decision["remediation"]?.string, !remediation.isEmpty { words += " — \(remediation)" }
        if let rule {
            let version = decision["rule"]?["version"]?.integer.map { " v\($0)" } ?? ""
            words += " (rule \(rule)\(version))"
        }
        reason = words
    }

    /// The strictest of several; allowed only where all are.
    static func strictest(of verdicts: [HookVerdict]) -> HookVerdict? {
        let order = Effect.allCases
        guard var result = verdicts.min(by: { order.place(of: $0.effect) < order.place(of: $1.effect) }) else {
            return nil
        }
        result.isAllowed = verdicts.allSatisfy(\.isAllowed)
        if result.effect == .allow, !result.isAllowed { result.effect = .none }
        if result.effect == .transform { result.join(verdicts.map(\.replaced)) }
        return result
    }

    /// What others say who may restrict and not permit.
    func restricted(by others: [HookVerdict]) -> HookVerdict {
        let strict = others.filter { $0.effect != .allow && $0.effect != .none }
        guard var result = Self.strictest(of: [self] + strict) else { return self }
        result.isAllowed = isAllowed
        return result
    }

    /// All changes together. Where two rules want one thing to be different things, nobody can tell what it is to be.
    private mutating func join(_ changes: [[String: JSONValue]]) {
        for change in changes {
            for (name, value) in change {
                guard let known = replaced[name], known != value else {
                    replaced[name] = value
                    continue
                }
                effect = .deny
                reason = "rules of the hive want `\(name)` to be different things: \(reason)"
            }
        }
    }
}

extension [HookVerdict.Effect] {
    fileprivate func place(of effect: HookVerdict.Effect) -> Int { firstIndex(of: effect) ?? 0 }
}
