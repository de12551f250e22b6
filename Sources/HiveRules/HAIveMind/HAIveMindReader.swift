import HiveCEL
import Yams

/// Reads a file of hAIveMind, YAML or JSON, one rule or a set. Everything that is wrong is told at once, with its
/// place; keys that the format does not know are kept.
public struct HAIveMindReader {
    private let path: String
    private var errors: [RuleError] = []

    /// Sets are larger than rule files.
    static let maximumBytes = 16 << 20

    private init(path: String) { self.path = path }

    /// The rules of a file. Throws all that is wrong with it.
    public static func read(_ source: RuleFiles.Source) throws(HAIveMindFailure) -> HAIveMindRuleSet {
        var reader = HAIveMindReader(path: source.path)
        let set = reader.attempt { reader throws(RuleError) in try reader.file(source) } ?? HAIveMindRuleSet()
        reader.checkReferences(in: set)
        guard reader.errors.isEmpty else { throw HAIveMindFailure(reader.errors) }
        return set
    }

    private mutating func attempt<Result>(
        _ body: (inout HAIveMindReader) throws(RuleError) -> Result
    ) -> Result? {
        do throws(RuleError) { return try body(&self) } catch {
            errors.append(error)
            return nil
        }
    }

    private mutating func file(_ source: RuleFiles.Source) throws(RuleError) -> HAIveMindRuleSet {
        let start = RuleLocation(path: path, line: 1, column: 1)
        guard source.text.utf8.count <= Self.maximumBytes else {
            throw RuleError("the file is larger than 16 MiB", at: start, hint: "divide it")
        }
        let isJSON = JSONAsYAML.isJSON(source.text)
        let text = isJSON ? try JSONAsYAML.text(source) : source.text
        var found: YAMLReader?
        for document in isJSON ? [(text: text, line: 0)] : RuleFiles.documents(of: text) {
            let composer = YAMLComposer(path: path, text: document.text, lineOffset: document.line, isJSON: isJSON)
            guard let node = try composer.compose() else { continue }
            let settled = isJSON ? node : LooseScalars.settled(node)
            let reader = try YAMLReader(
                settled, path: path, lineOffset: document.line, what: "a rule or a set of rules")
            if found != nil {
                throw RuleError("a second document begins here", at: reader.location, hint: "use a file for each")
            }
            found = reader
        }
        guard var reader = found else { throw RuleError("the file is empty", at: start, hint: "name an exported file") }
        if reader.keys.contains("apiVersion") {
            throw RuleError(
                "this is a rule file of Hive, not of hAIveMind", at: reader.location, hint: "use `hivectl rules push`")
        }
        return reader.keys.contains("rules") ? try set(&reader) : single(&reader)
    }

    private mutating func single(_ reader: inout YAMLReader) -> HAIveMindRuleSet {
        var set = HAIveMindRuleSet()
        set.isSingle = true
        set.rules = [rule(&reader)].compactMap(\.self)
        return set
    }

    private mutating func set(_ reader: inout YAMLReader) throws(RuleError) -> HAIveMindRuleSet {
        var set = HAIveMindRuleSet()
        set.exportTimestamp = try reader.presentText("export_timestamp")
        set.formatVersion = try reader.presentText("format_version")
        if let version = set.formatVersion, version.split(separator: ".").first != "1" {
            throw RuleError(
                "unknown format_version `\(version)`", at: reader.location(of: "format_version"), hint: "use 1.0")
        }
        for var entry in try reader.readers("rules") {
            if let rule = rule(&entry) { set.rules.append(rule) }
        }
        for var entry in try reader.presentReaders("dependencies") {
            if let found = attempt({ _ throws(RuleError) in try HAIveMindParts.dependency(&entry, of: nil) }) {
                set.dependencies.append(found)
            }
        }
        for var entry in try reader.presentReaders("assignments") {
            if let found = attempt({ _ throws(RuleError) in try HAIveMindParts.assignment(&entry) }) {
                set.assignments.append(found)
            }
        }
        set.metadata = try reader.presentMapping("metadata")
        set.extra = try reader.rest()
        return set
    }

    /// Nil where something is wrong with it.
    private mutating func rule(_ reader: inout YAMLReader) -> HAIveMindRule? {
        var copy = reader
        let count = errors.count
        guard var rule = attempt({ _ throws(RuleError) in try HAIveMindParts.rule(&copy) }) else { return nil }
        let conditions = attempt { _ throws(RuleError) in try copy.presentReaders("conditions") } ?? []
        for var entry in conditions {
            if let found = attempt({ _ throws(RuleError) in try HAIveMindParts.condition(&entry) }) {
                rule.conditions.append(found)
            }
        }
        let actions = attempt { _ throws(RuleError) in try copy.presentReaders("actions") } ?? []
        for var entry in actions {
            if let found = attempt({ _ throws(RuleError) in try HAIveMindParts.action(&entry) }) {
                rule.actions.append(found)
            }
        }
        let dependencies = attempt { _ throws(RuleError) in try copy.presentReaders("dependencies") } ?? []
        for var entry in dependencies {
            let own = rule.id ?? rule.name
            if let found = attempt({ _ throws(RuleError) in try HAIveMindParts.dependency(&entry, of: own) }) {
                rule.dependencies.append(found)
            }
        }
        rule.extra = attempt { _ throws(RuleError) in try copy.rest() } ?? ValueMap()
        if actions.isEmpty, errors.count == count {
            errors.append(
                RuleError(
                    "`\(rule.documentName)` has no actions", at: rule.location,
                    hint: "say what follows, for example actions: [{action_type: set, target: …, value: …}]"))
        }
        return errors.count == count ? rule : nil
    }

    /// Ids must be unique, and what rules, dependencies and assignments name must be there.
    private mutating func checkReferences(in set: HAIveMindRuleSet) {
        guard errors.isEmpty else { return }
        var places: [String: RuleLocation] = [:]
        for rule in set.rules {
            if let first = places.updateValue(rule.location, forKey: rule.documentName) {
                errors.append(
                    RuleError(
                        "the id `\(rule.documentName)` stands twice", at: rule.location, hint: "first at \(first)")
                )
            }
        }
        let ids = set.rules.map { $0.id ?? $0.name }
        let known = Set(ids)
        func refuse(_ id: String, _ what: String, at location: RuleLocation) {
            guard !known.contains(id) else { return }
            errors.append(
                RuleError(
                    "\(what) `\(id)`, which is not in this file", at: location,
                    hint: Suggestion.nearest(to: id, among: ids) ?? "add the rule, or take this out"))
        }
        for rule in set.rules {
            if let parent = rule.parent { refuse(parent, "`\(rule.documentName)` inherits from", at: rule.location) }
        }
        for assignment in set.assignments { refuse(assignment.rule, "this assigns", at: assignment.location) }
        for dependency in set.dependencies {
            refuse(dependency.rule ?? "", "this is a dependency of", at: dependency.location)
        }
        for dependency in set.allDependencies where dependency.type == .requires {
            refuse(dependency.dependsOn, "`\(dependency.rule ?? "")` requires", at: dependency.location)
        }
    }
}
