/// Finds the rules that an input may concern by its event and its tool, without asking the others.
struct RuleIndex: Sendable {
    private var byEvent: [String: Group] = [:]
    private var anyEvent = Group()

    /// The rules for one event.
    private struct Group: Sendable {
        var byTool: [String: [Int]] = [:]
        var anyTool: [Int] = []
    }

    init(_ rules: [CompiledRule]) {
        for (place, rule) in rules.enumerated() {
            let tools = Self.literals(rule.tools)
            if let events = Self.literals(rule.events) {
                for event in events { Self.add(place, tools, to: &byEvent[event, default: Group()]) }
            } else {
                Self.add(place, tools, to: &anyEvent)
            }
        }
    }

    private static func add(_ place: Int, _ tools: [String]?, to group: inout Group) {
        guard let tools else { return group.anyTool.append(place) }
        for tool in tools { group.byTool[tool, default: []].append(place) }
    }

    /// Nil where a pattern is open, or where there is none.
    private static func literals(_ globs: [Glob]) -> [String]? {
        let literals = globs.compactMap(\.literal)
        return globs.isEmpty || literals.count < globs.count ? nil : Array(Set(literals)).sorted()
    }

    /// The places of rules that may apply, in ascending order, each once.
    func candidates(event: String, tool: String?) -> [Int] {
        var places: [Int] = []
        for group in [byEvent[event], anyEvent] {
            guard let group else { continue }
            places += group.anyTool
            if let tool { places += group.byTool[tool] ?? [] }
        }
        return places.sorted()
    }

    /// How a rule is found, for people.
    func explanation(of place: Int) -> String {
        for (event, group) in byEvent.sorted(by: { $0.key < $1.key }) {
            if let tool = group.byTool.sorted(by: { $0.key < $1.key }).first(where: { $0.value.contains(place) }) {
                return "by event \(event) and tool \(tool.key)"
            }
            if group.anyTool.contains(place) { return "by event \(event)" }
        }
        if let tool = anyEvent.byTool.sorted(by: { $0.key < $1.key }).first(where: { $0.value.contains(place) }) {
            return "by tool \(tool.key)"
        }
        return "for every input; name an event or a tool in match"
    }
}
