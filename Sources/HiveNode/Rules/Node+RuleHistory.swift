public import HiveAPI
import HiveCore
import HiveRules

/// What rules said before, and how to have them say it again.
extension Node {
    /// One version of a rule with its text.
    private struct StoredVersion {
        let version: RuleVersion
        let text: String
        var digest: String { version.digest ?? "" }
    }

    public func rule(_ id: String, as caller: Caller) async throws -> RuleDetail {
        try await naming {
            let found = try await rules(as: caller).items.first { $0.name == id }
            guard let found else {
                throw HiveError(.notFound, "there is no rule `\(id)`", hint: "see `hivectl rules list`")
            }
            return try kernel.consult { replica, transaction in
                let lookup = try ScopeLookup(&replica, transaction, within: .everything)
                let address = try Self.address(of: found, lookup)
                let state = try transaction.documents.state(address)
                let versions = try Self.versions(of: found, MemoryView(transaction: transaction, lookup: lookup))
                return RuleDetail(
                    summary: found, text: state?.shown(RuleField.text)?.inline?.text ?? "",
                    history: versions.map(\.version))
            }
        }
    }

    private static func address(of rule: RuleSummary, _ lookup: ScopeLookup) throws -> DocumentAddress {
        let scope = try lookup.require(ScopeName.universal.description).scope
        return ruleAddress(rule.name, set: rule.set ?? "", scope: scope)
    }

    /// Every version that was pushed, newest first.
    private static func versions(of rule: RuleSummary, _ view: MemoryView) throws -> [StoredVersion] {
        let address = try address(of: rule, view.lookup)
        let shown = try view.transaction.documents.state(address)?.shown(RuleField.text)?.dot
        let operations = try view.transaction.logs.operations(.document(address))
            .sorted { ($1.header.stamp, $1.dot) < ($0.header.stamp, $0.dot) }
        return try operations.compactMap { operation -> StoredVersion? in
            let written = operation.decodedBody?.changes.first { $0.field == .number(RuleField.text) }?.change
            guard case .set(.text(let text))? = written else { return nil }
            let parsed = try RuleFiles.load([.init(path: "set/rule.yaml", text: text)]).rules.first
            let version = RuleVersion(
                version: Int(parsed?.version ?? 0),
                time: HiveCore.Timestamp(milliseconds: Int64(operation.header.stamp.milliseconds)).rfc3339,
                author: try view.author(operation.dot, agent: operation.decodedBody?.agent), set: rule.set,
                digest: LawBook.digest(text), active: shown == operation.dot)
            return StoredVersion(version: version, text: text)
        }
    }

    public func rollback(_ id: String, _ request: RollbackRule, as caller: Caller) async throws -> PushAnswer {
        try await naming {
            try caller.requireOperator(to: "change the law")
            let summary = try await self.rule(id, as: caller).summary
            let set = summary.set ?? ""
            guard let manifest = lawBook.manifests.first(where: { $0.name == set }) else {
                throw HiveError(.notFound, "the set `\(set)` of `\(id)` is not in force", hint: "push the set anew")
            }
            let entry = try earlierEntry(of: summary, in: manifest, request)
            let others = manifest.rules.filter { $0.name != id }
            let pushed = try await kernel.write { context in
                try self.checkPresent(manifest)
                return try Self.commit(
                    [entry], beside: others, set: set, version: nil, agent: caller.agent, in: &context)
            }
            return try pushAnswer(set: set, version: pushed, rules: manifest.rules.map(\.name))
        }
    }

    /// The text that is asked for, once the set with it has been compiled and its tests have passed.
    private func earlierEntry(
        of rule: RuleSummary, in manifest: SetManifest, _ request: RollbackRule
    ) throws -> RuleFiles.Entry {
        let present = manifest.rules.first { $0.name == rule.name }?.digest
        let (target, texts) = try kernel.consult { replica, transaction -> (StoredVersion, [String: String]) in
            let lookup = try ScopeLookup(&replica, transaction, within: .everything)
            let versions = try Self.versions(of: rule, MemoryView(transaction: transaction, lookup: lookup))
            let target = try Self.target(of: request, among: versions, present: present, rule: rule.name)
            return (target, try Self.texts(of: manifest, lookup, transaction))
        }
        let contents = try Self.contents(of: manifest, texts: texts, with: target.text, as: rule.name)
        try check(contents, now: kernel.surroundings.now())
        guard let entry = contents.entries.first(where: { $0.name == rule.name }) else {
            throw HiveError(.invalidRule, "the earlier text is no rule `\(rule.name)` any more", hint: "push it anew")
        }
        return entry
    }

    /// A push that came between would be undone for all its other rules.
    private func checkPresent(_ manifest: SetManifest) throws {
        guard lawBook.manifests.contains(manifest) else {
            throw HiveError(.staleVersion, "the set `\(manifest.name)` was pushed meanwhile", hint: "try again")
        }
    }

    /// Brings the law up to what was written, and says whether it is in force.
    func pushAnswer(set name: String, version: Int64, rules: [String]) throws -> PushAnswer {
        try lawBook.refresh(kernel)
        let isActive = lawBook.manifests.contains { $0.name == name && $0.version == version }
        let problems = lawBook.problems[name].map { [RuleProblem(path: name, code: "not_active", message: $0)] } ?? []
        return PushAnswer(
            set: name, version: String(version), rules: rules.sorted(), active: isActive, problems: problems)
    }

    /// The version that is asked for; the one before the present where none is named.
    private static func target(
        of request: RollbackRule, among versions: [StoredVersion], present: String?, rule: String
    ) throws(HiveError) -> StoredVersion {
        var distinct: [StoredVersion] = []
        for version in versions where !distinct.contains(where: { $0.digest == version.digest }) {
            distinct.append(version)
        }
        let earlier = distinct.filter { $0.digest != present }
        guard let wanted = request.to else {
            guard let last = earlier.first else {
                throw HiveError(
                    .notFound, "`\(rule)` has no earlier version", hint: "see `hivectl rules history \(rule)`")
            }
            return last
        }
        var found = distinct.filter { String($0.version.version) == wanted }
        if found.isEmpty, wanted.count >= 4 { found = distinct.filter { $0.digest.hasPrefix(wanted.lowercased()) } }
        guard found.count <= 1 else {
            let list = found.map { "\($0.digest.prefix(12)) of \($0.version.time)" }.joined(separator: ", ")
            throw HiveError(
                .ambiguous, "\(found.count) texts of `\(rule)` have the version \(wanted): \(list)",
                hint: "give the beginning of a digest")
        }
        guard let version = found.first else {
            throw HiveError(
                .notFound, "`\(rule)` has no version `\(wanted)`", hint: "see `hivectl rules history \(rule)`")
        }
        guard version.digest != present else {
            throw HiveError(.invalidInput, "`\(wanted)` is the present version of `\(rule)`")
        }
        return version
    }

    /// The texts of all documents that a manifest names, by their digests.
    private static func texts(
        of manifest: SetManifest, _ lookup: ScopeLookup, _ transaction: any StoreTransaction
    ) throws -> [String: String] {
        let scope = try lookup.require(ScopeName.universal.description).scope
        var texts: [String: String] = [:]
        for entry in manifest.rules {
            let address = ruleAddress(entry.name, set: manifest.name, scope: scope)
            for sibling in try transaction.documents.state(address)?[RuleField.text]?.siblings ?? [] {
                guard let text = try LawBook.text(of: sibling, in: transaction) else { continue }
                texts[LawBook.digest(text)] = text
            }
        }
        return texts
    }

    /// The set as it will be, to be compiled and tested before anything is written.
    private static func contents(
        of manifest: SetManifest, texts: [String: String], with text: String, as name: String
    ) throws -> RuleFiles.Contents {
        let sources = try manifest.rules.map { entry in
            guard let own = entry.name == name ? text : texts[entry.digest] else {
                throw HiveError(
                    .unavailable, "the text of `\(entry.name)` is not here yet", hint: "try again once it has arrived")
            }
            return RuleFiles.Source(path: "\(manifest.name)/\(entry.name).yaml", text: own)
        }
        do { return try RuleFiles.load(sources) } catch { throw invalid(error) }
    }
}
