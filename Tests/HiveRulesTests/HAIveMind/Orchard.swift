import HiveCEL
@testable import HiveRules
import Testing

/// Laws and questions from files of hAIveMind.
struct Orchard {
    let law: CompiledRuleSet
    let imported: HAIveMindImport

    /// In the middle of 2026.
    static let now: Int64 = 1_780_000_000_000

    init(_ text: String) throws {
        imported = try HAIveMindImport.read(.init(path: "orchard.yaml", text: text))
        law = try CompiledRuleSet.compile(
            try RuleFiles.load(imported.rules.map { .init(path: "orchard/\($0.name).yaml", text: $0.text) }),
            label: "orchard")
    }

    /// Rules out of flow mappings; names, ids and actions are given by each.
    init(rules: [String], more: String = "") throws {
        try self.init("rules:\n" + rules.map { "  - {\($0)}\n" }.joined() + more)
    }

    func decide(_ json: String, now: Int64 = Orchard.now) throws -> Decision {
        law.decide(try Law.input(json), now: now)
    }

    /// Whether a rule with one condition applies to a question.
    static func applies(_ condition: String, to json: String) throws -> Bool {
        let orchard = try Orchard(rules: [
            "id: r, name: r, conditions: [{\(condition)}], actions: [{action_type: set, target: s, value: 1}]"
        ])
        let decision = try orchard.decide(json)
        #expect(decision.errors.isEmpty, "\(condition) of \(json): \(decision.errors)")
        return decision.settings["s"] != nil
    }

    /// What is wrong with a file.
    static func errors(_ text: String, path: String = "bad.yaml") -> [RuleError] {
        do throws(HAIveMindFailure) {
            _ = try HAIveMindImport.read(.init(path: path, text: text))
            return []
        } catch { return error.errors }
    }
}

extension Decision {
    func setting(_ name: String) -> String? { settings[name].map(JSONText.render) }
}
