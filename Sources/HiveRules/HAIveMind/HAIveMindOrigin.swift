import HiveCEL

/// What the way back needs of an original: everything that a rule document has no other place for.
enum HAIveMindOrigin {
    static let format = "haivemind"

    /// Keys that the document says in its own words, and that are taken from there on the way back.
    static let interpreted: Set<String> = [
        "description", "rule_type", "scope", "priority", "version", "conflict_resolution",
    ]

    /// `place` is that of the rule in its file; the first one keeps what is said of the file as a whole.
    static func value(_ rule: HAIveMindRule, at place: Int, in set: HAIveMindRuleSet, isUnassigned: Bool) -> Value {
        guard case .map(let whole) = rule.value else { return .null }
        var kept = Mapping.without(interpreted, whole)
        if rule.id == rule.documentName { kept = Mapping.without(["id"], kept) }
        let id = rule.id ?? rule.name
        let assignments = set.assignments.filter { $0.rule == id }.map(\.value)
        let dependencies = set.dependencies.filter { $0.rule == id }.map(\.value)
        return Mapping.value([
            ("format", .string(format)), ("place", .int(Int64(place))), ("hasId", rule.id == nil ? .bool(false) : nil),
            ("isUnassigned", isUnassigned ? .bool(true) : nil),
            ("rule", .map(kept)), ("assignments", assignments.isEmpty ? nil : .list(assignments)),
            ("dependencies", dependencies.isEmpty ? nil : .list(dependencies)),
            ("file", place == 0 ? file(set) : nil),
        ])
    }

    private static func file(_ set: HAIveMindRuleSet) -> Value {
        if set.isSingle { return .map(ValueMap(["single": .bool(true)])) }
        return Mapping.value(
            [
                ("export_timestamp", set.exportTimestamp.map(Value.string)),
                ("format_version", set.formatVersion.map(Value.string)), ("metadata", set.metadata.map(Value.map)),
                ("extra", set.extra.count == 0 ? nil : .map(set.extra)),
            ])
    }
}

/// The way back.
extension HAIveMindOrigin {
    /// What a rule document keeps of an original of this format; nil where it did not come from one.
    static func of(_ rule: Rule) -> ValueMap? {
        guard case .map(let origin)? = rule.origin, origin.text("format") == format else { return nil }
        return origin
    }

    /// The original, with what the document says by now in its own words.
    static func original(_ rule: Rule, _ origin: ValueMap) -> Value {
        let kept = origin.mapping("rule") ?? ValueMap()
        let hasID = origin["hasId"] == nil
        return Mapping.value(
            [
                ("id", kept["id"] ?? (hasID ? .string(rule.name) : nil)), ("name", kept["name"]),
                ("description", .string(rule.description ?? "")), ("rule_type", .string(rule.type)),
                ("scope", .string(rule.scope.rawValue)), ("priority", .int(Int64(rule.priority))),
                ("status", .string(status(rule, kept, origin).rawValue)), ("conditions", kept["conditions"]),
                ("actions", kept["actions"]), ("tags", kept["tags"]), ("version", .int(rule.version)),
                ("conflict_resolution", .string(HAIveMindStrategy(rule.strategy ?? .highestPriority).rawValue)),
            ], extra: kept)
    }

    /// The status that it had, unless it is enforced in another way by now.
    private static func status(_ rule: Rule, _ kept: ValueMap, _ origin: ValueMap) -> HAIveMindStatus {
        let old = kept.text("status").flatMap(HAIveMindStatus.init(rawValue:)) ?? .active
        if rule.enforcement == old.enforcement { return old }
        switch rule.enforcement {
        case .enforce, .warn: return .active
        case .shadow: return .testing
        // What is assigned nowhere was never in force.
        case .disabled: return origin["isUnassigned"] == nil ? .inactive : old
        }
    }
}
