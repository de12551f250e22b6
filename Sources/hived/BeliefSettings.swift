import Foundation
import HiveAPI
import HiveCore
import HiveRules

/// Whom a node believes how far, how fast what it was told grows old, and what counts beside the score of a search: the
/// keys `belief` and `search` of the configuration.
struct BeliefSettings: Sendable {
    var policy = BeliefPolicy()
    var ranking = Ranking()

    /// Reads the configuration file, if there is one, then `HIVE_SEARCH_RECENCY` and its like.
    init(directory: String, file: String?, environment: [String: String]) throws {
        let candidates = file.map { [$0] } ?? ["\(directory)/hive.yaml", "\(directory)/hive.json"]
        let path = candidates.first { FileManager.default.fileExists(atPath: $0) }
        do throws(RuleError) {
            if let path, let data = FileManager.default.contents(atPath: path),
                var reader = try YAMLReader.document(
                    String(decoding: data, as: UTF8.self), path: path, what: "the configuration")
            {
                if var belief = try reader.reader("belief") { policy = try Self.policy(&belief) }
                if var search = try reader.reader("search") { ranking = try Self.ranking(&search) }
            }
        } catch { throw HiveError(.invalidInput, "\(error.location): \(error.message)", hint: error.hint) }
        for (name, weight) in Self.weights {
            let variable = "HIVE_SEARCH_\(name.uppercased())"
            guard let text = environment[variable] else { continue }
            guard let number = Self.weight(text) else {
                throw HiveError(.invalidInput, "`\(text)` is no value of \(variable)", hint: Self.weightHint)
            }
            ranking[keyPath: weight] = number
        }
    }

    private static var weights: [(name: String, weight: WritableKeyPath<Ranking, Double>)] {
        [("recency", \.recency), ("confidence", \.confidence), ("trust", \.trust)]
    }

    private static let weightHint = "use off, or a number from 0 to \(Ranking.weights.upperBound)"

    /// What `search` says of the ranking; other keys are left to others.
    static func ranking(_ reader: inout YAMLReader) throws(RuleError) -> Ranking {
        var ranking = Ranking()
        for (name, weight) in weights {
            guard let text = try reader.text(name) else { continue }
            guard let number = Self.weight(text) else {
                throw RuleError("`\(text)` is no weight", at: reader.location(of: name), hint: weightHint)
            }
            ranking[keyPath: weight] = number
        }
        return ranking
    }

    private static func weight(_ text: String) -> Double? {
        if ["off", "false", "no"].contains(text.lowercased()) { return 0 }
        return Double(text).flatMap { Ranking.weights.contains($0) ? $0 : nil }
    }

    /// What stands under `belief`, all of it.
    static func policy(_ reader: inout YAMLReader) throws(RuleError) -> BeliefPolicy {
        var policy = BeliefPolicy()
        if var halfLives = try reader.reader("halfLives") {
            for category in halfLives.keysInOrder {
                let aging = try aging(category, &halfLives)
                if category == "default" { policy.usualAging = aging } else { policy.halfLives[category] = aging }
            }
        }
        if var trust = try reader.reader("trust") {
            policy.nodes = try shares(of: "nodes", &trust)
            policy.agents = try shares(of: "agents", &trust)
            policy.sources = try shares(of: "sources", &trust)
            if let share = try trust.text("default") { policy.fallback = try self.share(share, "default", trust) }
            let wrong = policy.nodes.keys.sorted().first { !isNodePrefix($0) }
            if let wrong {
                throw RuleError(
                    "`\(wrong)` is no beginning of a node's id", at: trust.location(of: "nodes"),
                    hint: "write 4 to 64 hexadecimal digits, as `hivectl peers list` shows them")
            }
            try trust.finish()
        }
        try reader.finish()
        return policy
    }

    private static func isNodePrefix(_ text: String) -> Bool {
        (4...64).contains(text.utf8.count) && text.allSatisfy { $0.isHexDigit && !$0.isUppercase }
    }

    private static func shares(of key: String, _ reader: inout YAMLReader) throws(RuleError) -> [String: Double] {
        guard var names = try reader.reader(key) else { return [:] }
        var shares: [String: Double] = [:]
        for name in names.keysInOrder {
            guard let text = try names.text(name) else { continue }
            shares[name] = try share(text, name, names)
        }
        return shares
    }

    private static func share(_ text: String, _ key: String, _ reader: YAMLReader) throws(RuleError) -> Double {
        guard let share = Double(text), (0...1).contains(share) else {
            throw RuleError(
                "`\(text)` is no trust", at: reader.location(of: key), hint: "write a number from 0 to 1")
        }
        return share
    }

    private static func aging(_ key: String, _ reader: inout YAMLReader) throws(RuleError) -> BeliefPolicy.Aging {
        let text = try reader.requiredText(key)
        if text == "never" { return .never }
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
            case let (seconds, isTooLong) = count.multipliedReportingOverflow(by: unit), !isTooLong,
            let halfLife = HalfLife(seconds: seconds)
        else {
            throw RuleError(
                "`\(text)` is no half-life", at: reader.location(of: key),
                hint: "write it like 12h, 30d or 365d, or never")
        }
        return .halves(every: halfLife)
    }
}
