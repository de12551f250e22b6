import HiveCEL

/// Completes rules that extend others. A rule takes every key of `spec` that it does not give itself from the nearest
/// rule of its resolution order that gives it; `params`, `variables`, `transform` and the lists of `match` are taken
/// entry by entry.
struct RuleResolver {
    private static let maximumAncestors = 32

    private let rules: [Rule]
    private var places: [String: Int] = [:]
    private var orders: [Int: [Int]] = [:]

    private init(_ rules: [Rule]) {
        self.rules = rules
        for (place, rule) in rules.enumerated() {
            places["\(rule.home)/\(rule.name)"] = place
            // From other sets, the first version that is in force.
            if places["\(rule.set)/\(rule.name)"] == nil { places["\(rule.set)/\(rule.name)"] = place }
        }
    }

    /// The rules that decide: completed, without those that are only there to be extended.
    static func resolve(_ rules: [Rule]) throws(RuleError) -> [Rule] {
        guard rules.contains(where: { !$0.extends.isEmpty || $0.isAbstract }) else { return rules }
        var resolver = RuleResolver(rules)
        var resolved: [Rule] = []
        for place in rules.indices where !rules[place].isAbstract { resolved.append(try resolver.resolved(place)) }
        return resolved
    }

    private mutating func resolved(_ place: Int) throws(RuleError) -> Rule {
        var rule = rules[place]
        guard !rule.extends.isEmpty else { return rule }
        let order = try order(of: place, below: [])
        rule.resolution = order.map { rules[$0].name }
        for ancestor in order.dropFirst() { rule.take(from: rules[ancestor]) }
        guard rule.given.contains("effect") else {
            throw RuleError(
                "`effect` is missing, here and in what the rule extends (\(rule.resolution.joined(separator: " → ")))",
                at: rule.location, hint: "say what follows, for example deny")
        }
        try RuleCoherence.check(rule, at: rule.location)
        return rule
    }

    /// Nearest first: every rule before those that it extends, and those in the order in which they are written (the
    /// C3 linearisation).
    private mutating func order(of place: Int, below: [Int]) throws(RuleError) -> [Int] {
        if let known = orders[place] { return known }
        let rule = rules[place]
        if let start = below.firstIndex(of: place) {
            let cycle = (below[start...] + [place]).map { rules[$0].name }
            throw RuleError(
                "rules extend each other in a circle: \(cycle.joined(separator: " → "))",
                at: rule.location(of: "extends"), hint: "take one of them out")
        }
        if below.count > Self.maximumAncestors { throw tooMany(rule) }
        var parents: [Int] = []
        var sequences: [[Int]] = []
        for name in rule.extends {
            let parent = try parent(name, of: rule)
            parents.append(parent)
            sequences.append(try order(of: parent, below: below + [place]))
        }
        let order = [place] + (try merged(sequences + [parents], for: rule))
        if order.count > Self.maximumAncestors + 1 { throw tooMany(rule) }
        orders[place] = order
        return order
    }

    private func tooMany(_ rule: Rule) -> RuleError {
        RuleError(
            "`\(rule.name)` takes from more than \(Self.maximumAncestors) rules", at: rule.location(of: "extends"),
            hint: "extend fewer rules")
    }

    private func parent(_ name: String, of rule: Rule) throws(RuleError) -> Int {
        if let place = places["\(rule.home)/\(name)"] ?? places[name] { return place }
        let known = rules.filter { $0.set == rule.set }.map(\.name)
        throw RuleError(
            "`\(rule.name)` extends `\(name)`, which is not there", at: rule.location(of: "extends"),
            hint: Suggestion.nearest(to: name, among: known) ?? "name a rule of the same set, or set/rule")
    }

    /// Takes again and again the first head that stands behind no other.
    private func merged(_ sequences: [[Int]], for rule: Rule) throws(RuleError) -> [Int] {
        var rest = sequences.filter { !$0.isEmpty }
        var order: [Int] = []
        while !rest.isEmpty {
            let head = rest.lazy.map { $0[0] }.first { head in !rest.contains { $0.dropFirst().contains(head) } }
            guard let head else {
                throw RuleError(
                    "`\(rule.name)` extends rules whose own order contradicts: "
                        + rest.map { $0.map { rules[$0].name }.joined(separator: " before ") }.joined(
                            separator: ", but "),
                    at: rule.location(of: "extends"), hint: "name them in the same order everywhere")
            }
            order.append(head)
            rest = rest.map { $0.filter { $0 != head } }.filter { !$0.isEmpty }
        }
        return order
    }
}

extension Rule {
    /// Takes what only an ancestor gives.
    fileprivate mutating func take(from base: Rule) {
        func isNew(_ key: String) -> Bool { base.given.contains(key) && !given.contains(key) }
        if isNew("description") { description = base.description }
        if isNew("scope") { scope = base.scope }
        if isNew("priority") { priority = base.priority }
        if isNew("when") { when = base.when }
        if isNew("effect") { effect = base.effect }
        if isNew("message") { message = base.message }
        if isNew("remediation") { remediation = base.remediation }
        if isNew("onError") { onError = base.onError }
        if isNew("enforcement") { enforcement = base.enforcement }
        if isNew("effective") { effective = base.effective }
        if isNew("overrides") { overrides = base.overrides }
        if isNew("setting") { setting = base.setting }
        if isNew("settings") { settings = base.settings }
        if isNew("strategy") { strategy = base.strategy }
        if isNew("violation") { violation = base.violation }
        if isNew("assignments") { assignments = base.assignments }
        match.take(from: base.match)
        params.merge(base.params) { own, _ in own }
        // A rule with another effect of its own transforms nothing.
        let hasEffect = given.contains("effect") || base.given.contains("effect")
        if effect == .transform || !hasEffect { transform.merge(base.transform) { own, _ in own } }
        labels.merge(base.labels) { own, _ in own }
        variables = Self.joined(base.variables, with: variables)
        places.merge(base.places) { own, _ in own }
        given.formUnion(base.given.subtracting(["abstract", "extends"]))
    }

    /// An ancestor's variables come first, so that the rule's own may use them; one of the same name takes its place.
    private static func joined(_ base: [RuleVariable], with own: [RuleVariable]) -> [RuleVariable] {
        let replaced = base.map { variable in own.first { $0.name == variable.name } ?? variable }
        return replaced + own.filter { variable in !base.contains { $0.name == variable.name } }
    }
}

extension RuleMatch {
    fileprivate mutating func take(from base: RuleMatch) {
        if events.isEmpty { events = base.events }
        if tools.isEmpty { tools = base.tools }
        if commands.isEmpty { commands = base.commands }
        if paths.isEmpty { paths = base.paths }
        if agents.isEmpty { agents = base.agents }
        if roles.isEmpty { roles = base.roles }
        if machines.isEmpty { machines = base.machines }
        if projects.isEmpty { projects = base.projects }
        if kinds.isEmpty { kinds = base.kinds }
    }
}
