import Foundation
import HiveAPI
import HiveCore
import HiveNode
import HiveRules

/// How memories age, fold together and are put away: the key `lifecycle` of the configuration.
struct LifecycleSection: Sendable {
    var settings = LifecycleSettings()
    /// Seconds; nil for the usual hold.
    var erasureHold: Int64?

    init() {}

    /// Reads the configuration file, if there is one, then `HIVE_LIFECYCLE_CONSOLIDATION` and its like.
    init(directory: String, file: String?, environment: [String: String]) throws(HiveError) {
        let candidates = file.map { [$0] } ?? ["\(directory)/hive.yaml", "\(directory)/hive.json"]
        let path = candidates.first { FileManager.default.fileExists(atPath: $0) }
        do throws(RuleError) {
            if let path, let data = FileManager.default.contents(atPath: path),
                var reader = try YAMLReader.document(
                    String(decoding: data, as: UTF8.self), path: path, what: "the configuration"),
                var section = try reader.reader("lifecycle")
            {
                self = try Self.section(&section)
            }
        } catch { throw HiveError(.invalidInput, "\(error.location): \(error.message)", hint: error.hint) }
        for (variable, key) in Self.variables {
            guard let text = environment[variable] else { continue }
            if let advice = take(text, for: key) {
                throw HiveError(.invalidInput, "`\(text)` is no value of \(variable)", hint: advice)
            }
        }
    }

    private static let variables = [
        ("HIVE_LIFECYCLE_CONSOLIDATION", "consolidation"), ("HIVE_LIFECYCLE_DUPLICATES", "duplicates"),
        ("HIVE_LIFECYCLE_ERASURE_HOLD", "erasureHold"),
    ]

    private static let keys = [
        "duplicates", "consolidation", "at", "minimumAge", "minimumCluster", "similarity", "erasureHold", "coreScope",
    ]

    /// What stands under `lifecycle`, all of it.
    static func section(_ reader: inout YAMLReader) throws(RuleError) -> LifecycleSection {
        var section = LifecycleSection()
        for key in keys {
            guard let text = try reader.text(key) else { continue }
            if let advice = section.take(text, for: key) {
                throw RuleError("`\(text)` is no value of lifecycle.\(key)", at: reader.location(of: key), hint: advice)
            }
        }
        section.settings.halfLives = try halfLives(&reader)
        section.settings.policy = try policy(&reader)
        try reader.finish()
        return section
    }

    /// Takes one value; answers with advice where it makes no sense.
    private mutating func take(_ text: String, for key: String) -> String? {
        switch key {
        case "duplicates":
            guard let handling = DuplicateHandling(rawValue: text) else { return "use fold or keep" }
            settings.duplicates = handling
        case "consolidation":
            guard let isOn = Self.switches[text.lowercased()] else { return "use on or off" }
            settings.consolidates = isOn
        case "at":
            guard let time = NightlyTime(text) else { return "write a time of day in UTC, as in 03:00" }
            settings.minuteOfDay = time.minuteOfDay
        case "minimumAge":
            guard let seconds = DurationText.seconds(text) else { return DurationText.advice }
            settings.minimumAge = seconds
        case "minimumCluster":
            guard let count = Int(text), (2...50).contains(count) else { return "use a number from 2 to 50" }
            settings.minimumCluster = count
        case "similarity":
            guard let share = Double(text), share > 0, share <= 1 else { return "use a number above 0, up to 1" }
            settings.similarity = share
        case "erasureHold":
            guard let seconds = DurationText.seconds(text, orNone: true) else { return DurationText.advice }
            erasureHold = seconds
        case "coreScope":
            guard let scope = ScopeName(text), scope.kind != .instance else {
                return "use agent:NAME, collective:NAME or universal"
            }
            settings.coreScope = scope
        default: preconditionFailure("nobody takes lifecycle.\(key)")
        }
        return nil
    }

    private static let switches = ["on": true, "yes": true, "true": true, "off": false, "no": false, "false": false]

    /// By kind or by category: a kind's name means the kind.
    private static func halfLives(_ reader: inout YAMLReader) throws(RuleError) -> HalfLives {
        var halfLives = HalfLives()
        guard var section = try reader.reader("halfLives") else { return halfLives }
        for name in section.keysInOrder {
            let text = try section.requiredText(name)
            guard let seconds = DurationText.seconds(text) else {
                throw RuleError(
                    "`\(text)` is no half-life", at: section.location(of: name), hint: DurationText.advice)
            }
            if let kind = EngramKind(rawValue: name) {
                halfLives.byKind[kind] = seconds
            } else {
                halfLives.byCategory[name] = seconds
            }
        }
        return halfLives
    }

    private static func policy(_ reader: inout YAMLReader) throws(RuleError) -> LifecyclePolicy {
        let core = try condition("core", &reader) { text throws(HiveError) in try LifecyclePolicy(core: text) }
        let archive = try condition("archive", &reader) { text throws(HiveError) in try LifecyclePolicy(archive: text) }
        do { return try LifecyclePolicy(core: core, archive: archive) } catch {
            throw RuleError(error.message, at: reader.location, hint: error.hint ?? "")
        }
    }

    /// The condition under a key, once it compiles.
    private static func condition(
        _ key: String, _ reader: inout YAMLReader, compile: (String) throws(HiveError) -> LifecyclePolicy
    ) throws(RuleError) -> String? {
        guard let text = try reader.text(key) else { return nil }
        do { _ = try compile(text) } catch {
            throw RuleError(error.message, at: reader.location(of: key), hint: error.hint ?? "")
        }
        return text
    }
}
