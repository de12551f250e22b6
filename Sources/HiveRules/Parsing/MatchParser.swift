/// Reads `match`.
enum MatchParser {
    static func match(_ reader: inout YAMLReader) throws(RuleError) -> RuleMatch {
        var match = RuleMatch()
        match.events = try reader.texts("events")
        match.tools = try reader.texts("tools")
        match.commands = try reader.texts("commands")
        match.paths = try reader.texts("paths")
        match.agents = try reader.texts("agents")
        match.roles = try reader.texts("roles")
        match.machines = try reader.texts("machines")
        match.projects = try reader.texts("projects")
        match.kinds = try reader.texts("kinds")
        try reader.finish()
        return match
    }
}
