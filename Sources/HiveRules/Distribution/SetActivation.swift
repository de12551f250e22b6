public import HiveCEL

/// Decides which versions of which sets are the law here: each set whole, or its last good version.
public struct SetActivation: Sendable {
    /// What is in force.
    public private(set) var law = CompiledRuleSet.empty
    private var active: [String: [Candidate]] = [:]
    /// Why a set that arrived is not in force, by set; empty for sets that are.
    public private(set) var problems: [String: String] = [:]

    /// A manifest with the texts that arrived for it.
    public struct Candidate: Sendable, Hashable {
        public let manifest: SetManifest
        /// Texts by rule name, where they are here.
        public let texts: [String: String]
        /// Rules that were switched off.
        public let disabled: Set<String>
        /// When it was pushed, in Unix milliseconds. Its tests run at this time, so that they say the same on every
        /// node and for ever: a set does not fall out of force because a period in it has passed.
        public let pushed: Int64

        public init(manifest: SetManifest, texts: [String: String], disabled: Set<String> = [], pushed: Int64) {
            self.manifest = manifest
            self.texts = texts
            self.disabled = disabled
            self.pushed = pushed
        }
    }

    private let zones: (any TimeZoneProvider)?

    /// `zones` knows named time zones; without it rules may use UTC and fixed offsets.
    public init(zones: (any TimeZoneProvider)? = nil) { self.zones = zones }

    /// The versions in force, in order: `name@version`.
    public var label: String { Self.label(active) }

    private static func label(_ sets: [String: [Candidate]]) -> String {
        sets.keys.sorted().flatMap { name in
            (sets[name] ?? []).map { "\(name)@\($0.manifest.version)" }
        }.joined(separator: " ")
    }

    /// The sets in force with their manifests.
    public var manifests: [SetManifest] { active.keys.sorted().flatMap { (active[$0] ?? []).map(\.manifest) } }

    /// Takes what is known of all sets: for each set one manifest, or several that contradict each other, in which
    /// case all of them are in force and the stricter effect wins. `digest` hashes a text.
    public mutating func update(_ sets: [String: [Candidate]], digest: (String) -> String) {
        problems = [:]
        var next: [String: [Candidate]] = [:]
        for (name, candidates) in sets.sorted(by: { $0.key < $1.key }) {
            var good: [Candidate] = []
            for candidate in candidates {
                if let problem = problem(of: candidate, digest: digest) {
                    problems[name] = "version \(candidate.manifest.version): \(problem)"
                } else {
                    good.append(candidate)
                }
            }
            next[name] = good.isEmpty ? active[name] : good
        }
        do {
            law = try compile(next)
            active = next
        } catch { adoptOneByOne(next) }
    }

    /// Where sets that are good by themselves do not go together, the first in the order of their names win; of the
    /// others the last good version stays, if that goes with them.
    private mutating func adoptOneByOne(_ next: [String: [Candidate]]) {
        var accepted: [String: [Candidate]] = [:]
        for (name, candidates) in next.sorted(by: { $0.key < $1.key }) {
            for version in [candidates, active[name] ?? []] where accepted[name] == nil && !version.isEmpty {
                var trial = accepted
                trial[name] = version
                do {
                    law = try compile(trial)
                    accepted = trial
                } catch { problems[name] = problems[name] ?? error.description }
            }
        }
        active = accepted
        if accepted.isEmpty { law = .empty }
    }

    private func compile(_ sets: [String: [Candidate]]) throws(RuleError) -> CompiledRuleSet {
        try compile(sets.keys.sorted().flatMap { sets[$0] ?? [] }, label: Self.label(sets))
    }

    private func problem(of candidate: Candidate, digest: (String) -> String) -> String? {
        guard candidate.manifest.minimumEngine <= SetManifest.engine else {
            return "needs a newer engine (\(candidate.manifest.minimumEngine))"
        }
        for entry in candidate.manifest.rules {
            guard let text = candidate.texts[entry.name] else { return "the rule `\(entry.name)` has not arrived yet" }
            guard digest(text) == entry.digest else { return "the rule `\(entry.name)` is not the one that was pushed" }
        }
        do {
            let whole = Candidate(
                manifest: candidate.manifest, texts: candidate.texts, pushed: candidate.pushed)
            let set = try compile([whole], label: "")
            let failed = RuleTester.run(set, now: candidate.pushed).first { $0.failure != nil }
            return failed.map { "the test `\($0.test)` of `\($0.rule)` fails: \($0.failure ?? "")" }
        } catch { return error.description }
    }

    private func compile(_ candidates: [Candidate], label: String) throws(RuleError) -> CompiledRuleSet {
        var all = RuleFiles.Contents()
        for (edition, candidate) in candidates.enumerated() {
            var sources: [RuleFiles.Source] = []
            for entry in candidate.manifest.rules {
                guard let text = candidate.texts[entry.name] else { continue }
                sources.append(RuleFiles.Source(path: "\(candidate.manifest.name)/\(entry.name).yaml", text: text))
            }
            all.add(try RuleFiles.load(sources), of: candidate, edition: edition)
        }
        return try CompiledRuleSet.compile(all, label: label, zones: zones)
    }
}

extension RuleFiles.Contents {
    /// Adds what belongs to a set. Rules that were switched off may still be extended.
    fileprivate mutating func add(_ other: RuleFiles.Contents, of candidate: SetActivation.Candidate, edition: Int) {
        let set = candidate.manifest.name
        for var rule in other.rules {
            rule.set = set
            rule.edition = edition
            if candidate.disabled.contains(rule.name) { rule.isAbstract = true }
            rules.append(rule)
        }
        for var exception in other.exceptions where !candidate.disabled.contains(exception.name) {
            exception.set = set
            exception.edition = edition
            exceptions.append(exception)
        }
        for var schema in other.schemas {
            schema.set = set
            schemas.append(schema)
        }
    }
}
