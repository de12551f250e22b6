public import HiveCEL

/// A rule as hAIveMind writes it: conditions that must all hold, and actions that follow.
public struct HAIveMindRule: Sendable {
    /// Nil where the file leaves it to the importer.
    public var id: String?
    public var name: String
    public var description = ""
    public var type = HAIveMindRuleType.operational
    public var scope = RuleScope.global
    /// 1 to 1000.
    public var priority = 500
    public var status = HAIveMindStatus.active
    public var conditions: [HAIveMindCondition] = []
    public var actions: [HAIveMindAction] = []
    public var tags: [String] = []
    /// Times as they are written.
    public var createdAt: String?
    public var createdBy: String?
    public var updatedAt: String?
    public var updatedBy: String?
    public var version: Int64 = 1
    public var parent: String?
    public var strategy = HAIveMindStrategy.highestPriority
    public var metadata = ValueMap()
    public var effectiveFrom: String?
    public var effectiveUntil: String?
    /// What a file with one rule says of others.
    public var dependencies: [HAIveMindDependency] = []
    /// Keys that the format does not know.
    public var extra = ValueMap()
    public var location: RuleLocation

    /// The name that the rule has here: its id, or its name where it has none, as far as letters go.
    public var documentName: String { Self.documentName(id ?? name) }

    static func documentName(_ text: String) -> String {
        let isLegal = text.unicodeScalars.allSatisfy { $0.isASCII && isNameScalar($0) }
        if isLegal, (1...64).contains(text.count) { return text }
        var name = ""
        for scalar in text.lowercased().unicodeScalars {
            if scalar.isASCII, isNameScalar(scalar) {
                name.unicodeScalars.append(scalar)
            } else if !name.isEmpty, name.last != "-" {
                name += "-"
            }
        }
        while name.last == "-" { name.removeLast() }
        return String(name.prefix(64))
    }

    private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "._-@".unicodeScalars.contains(scalar)
    }

    /// The rule as a mapping of the format, complete.
    var value: Value {
        Mapping.value(
            [
                ("id", id.map(Value.string)), ("name", .string(name)), ("description", .string(description)),
                ("rule_type", .string(type.rawValue)), ("scope", .string(scope.rawValue)),
                ("priority", .int(Int64(priority))), ("status", .string(status.rawValue)),
                ("conditions", .list(conditions.map(\.asValue))), ("actions", .list(actions.map(\.asValue))),
                ("tags", .list(tags.map(Value.string))), ("created_at", createdAt.map(Value.string)),
                ("created_by", createdBy.map(Value.string)), ("updated_at", updatedAt.map(Value.string)),
                ("updated_by", updatedBy.map(Value.string)), ("version", .int(version)),
                ("parent_rule_id", parent.map(Value.string)), ("conflict_resolution", .string(strategy.rawValue)),
                ("effective_from", effectiveFrom.map(Value.string)),
                ("effective_until", effectiveUntil.map(Value.string)),
                ("dependencies", dependencies.isEmpty ? nil : .list(dependencies.map(\.value))),
                ("metadata", .map(metadata)),
            ], extra: extra)
    }
}

/// What kind of rule it is.
public enum HAIveMindRuleType: String, Sendable, Hashable, CaseIterable {
    case authorship
    case codingStyle = "coding_style"
    case security
    case compliance
    case operational
    case communication
    case workflow
    case integration
}

/// Where a rule is in its life.
public enum HAIveMindStatus: String, Sendable, Hashable, CaseIterable {
    case active
    case inactive
    case deprecated
    case testing

    var enforcement: RuleEnforcement {
        switch self {
        case .active: .enforce
        case .testing: .shadow
        case .inactive, .deprecated: .disabled
        }
    }
}

/// How rules with the same target are reconciled.
public enum HAIveMindStrategy: String, Sendable, Hashable, CaseIterable {
    case highestPriority = "highest_priority"
    case mostSpecific = "most_specific"
    case latestCreated = "latest_created"
    case consensus
    case override

    var strategy: SettingStrategy {
        switch self {
        case .highestPriority: .highestPriority
        case .mostSpecific: .mostSpecific
        case .latestCreated: .latestCreated
        case .consensus: .consensus
        case .override: .override
        }
    }

    init(_ strategy: SettingStrategy) {
        self = Self.allCases.first { $0.strategy == strategy } ?? .highestPriority
    }
}
