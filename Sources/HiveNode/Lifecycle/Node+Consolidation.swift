public import HiveAPI
import HiveCore

/// Similar old episodes become one memory, and conditions are applied: each night, or when asked.
extension Node {
    /// More episodes are not looked at in one run; the oldest come first.
    private static let mostEpisodes = 1000

    public func consolidate(_ request: Consolidate, as caller: Caller) async throws -> ConsolidationReport {
        try caller.requireOperator(to: "consolidate memories")
        return try await naming { try await self.consolidate(dryRun: request.dryRun) }
    }

    /// Does what is due since the last time; the first start only notes when it was.
    func consolidateIfDue() async throws {
        guard settings.lifecycle.consolidates else { return }
        let now = kernel.surroundings.now()
        let due = NightlyTime(minuteOfDay: settings.lifecycle.minuteOfDay).last(before: now)
        guard var last = try kernel.read({ try LastConsolidation.load(in: $0) }) else {
            return try await kernel.write { try LastConsolidation(settled: now).save(in: $0.transaction) }
        }
        guard due > last.settled else { return }
        last.settled = now
        last.report = try await consolidate(dryRun: false)
        let settled = last
        try await kernel.write { try settled.save(in: $0.transaction) }
    }

    private func consolidate(dryRun: Bool) async throws -> ConsolidationReport {
        let started = kernel.surroundings.uptime()
        var report = ConsolidationReport(dryRun: dryRun, startedAt: kernel.surroundings.now().rfc3339)
        for episodes in try oldEpisodes() {
            report.considered += episodes.count
            let vectors = try await directions(of: episodes, into: &report)
            let words = vectors == nil ? WordVectors(episodes.map { $0.storyText ?? "" }) : nil
            let clusters = EpisodeCluster.clusters(of: episodes, settings: settings.lifecycle) { first, second in
                vectors.map { Self.cosine($0[first], $0[second]) } ?? words?.cosine(first, second) ?? 0
            }
            for cluster in clusters { try await summarise(cluster, into: &report) }
        }
        try await applyPolicy(into: &report)
        report.durationMilliseconds = Double(kernel.surroundings.uptime() - started)
        return report
    }

    /// The episodes of this node's own that are old enough, by scope and category, oldest first.
    private func oldEpisodes() throws -> [[Engram]] {
        try kernel.consult { replica, transaction in
            let view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
            let now = kernel.surroundings.now()
            let horizon = now.advanced(bySeconds: -settings.lifecycle.minimumAge)
            var query = SearchQuery(limit: .max)
            query.scopes = view.lookup.scopes
            query.kinds = [.episodic]
            query.excluded = [.archived, .core]
            query.now = now
            let engrams = try transaction.index.search(query).compactMap { hit -> Engram? in
                guard let state = try transaction.documents.state(hit.address), !state.isContested,
                    try transaction.home(of: state) == replica.identity.node, let engram = try view.engram(state),
                    engram.content != nil, !engram.isPinned, engram.changed <= horizon, engram.record == nil,
                    Episode(engram)?.outcome != nil || Self.isToldAtOnce(engram)
                else { return nil }
                return engram
            }
            // Of very many the newest are looked at: the others were, when they were new.
            let newest = engrams.sorted { $0.isOlder(than: $1) }.suffix(Self.mostEpisodes)
            let groups = Dictionary(grouping: newest) {
                Shelf(scope: $0.state.address.scope, category: $0.category, user: $0.user)
            }
            return groups.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    /// Whether it was written down in one piece, and not begun to be told event by event.
    private static func isToldAtOnce(_ engram: Engram) -> Bool {
        engram.state.shown(EngramField.started) == nil && engram.state[EngramField.events] == nil
    }

    /// Episodes of different shelves are never brought together.
    private struct Shelf: Hashable, Comparable {
        let scope: ScopeID
        let category: String?
        let user: String?

        static func < (left: Shelf, right: Shelf) -> Bool {
            (left.scope, left.category ?? "", left.user ?? "") < (right.scope, right.category ?? "", right.user ?? "")
        }
    }

    /// What the episodes mean; nil where that cannot be told of all of them, so that words must do.
    private func directions(
        of episodes: [Engram], into report: inout ConsolidationReport
    ) async throws -> [[Float]]? {
        guard let meaning else { return nil }
        do {
            var vectors: [[Float]?] = []
            let texts = episodes.map { $0.storyText ?? "" }
            for start in stride(from: 0, to: texts.count, by: 64) {
                vectors += try await meaning.vectors(of: Array(texts[start..<min(start + 64, texts.count)]))
            }
            let known = vectors.compactMap(\.self)
            guard known.count == episodes.count else { return nil }
            report.comparedBy = "meaning"
            return known
        } catch is CancellationError { throw CancellationError() } catch {
            report.problems.append("episodes are compared by their words, since they cannot be embedded: \(error)")
            return nil
        }
    }

    private static func cosine(_ first: [Float], _ second: [Float]) -> Double {
        Double(zip(first, second).reduce(0) { $0 + $1.0 * $1.1 })
    }

    /// Writes a cluster's summary and puts its episodes away behind it, all at once, unless one of them has changed.
    private func summarise(_ cluster: EpisodeCluster, into report: inout ConsolidationReport) async throws {
        guard try kernel.read({ try $0.documents.state(cluster.summary) == nil }) else { return }
        let (text, author) = await summary(of: cluster, mayAskModel: !report.dryRun, into: &report)
        guard !text.isEmpty else { return }
        if !report.dryRun {
            do {
                guard try await kernel.write({ try Self.write(cluster, text: text, by: author, in: &$0) }) else {
                    return
                }
            } catch let error as ReplicaError where error.code == .notPermitted {
                return report.problems.append("\(cluster.episodes.count) episodes stay as they are: \(error.message)")
            }
            counters.add(to: "memories_consolidated")
        }
        let scope = try kernel.consult { try ScopeLookup(&$0, $1).name(of: cluster.scope) }
        report.summaries.append(
            .init(
                id: cluster.summary.document.description, scope: scope, category: cluster.category,
                sources: cluster.ids, text: text, by: author))
    }

    /// False where the summary is there already, or an episode is no longer what was summarised.
    private static func write(
        _ cluster: EpisodeCluster, text: String, by author: String, in context: inout WriteContext
    ) throws -> Bool {
        guard try context.transaction.documents.state(cluster.summary) == nil else { return false }
        for episode in cluster.episodes {
            let state = try context.transaction.documents.state(episode.state.address)
            guard state?.version == episode.state.version else { return false }
        }
        _ = try context.commit([cluster.draft(text, by: author)] + cluster.episodes.map(cluster.archiving))
        return true
    }

    /// A model's summary where one is configured and answers with something that can be kept, else the extractive one.
    private func summary(
        of cluster: EpisodeCluster, mayAskModel: Bool, into report: inout ConsolidationReport
    ) async -> (text: String, by: String) {
        let extractive = ExtractiveSummarizer()
        if let summarizer, mayAskModel {
            do {
                let text = try await summarizer.summary(of: cluster.texts)
                if !ContentFingerprint.normalised(text).isEmpty, text.utf8.count <= MemoryLimits.content {
                    return (text, summarizer.name)
                }
                report.problems.append("\(summarizer.name) answered nothing that can be kept; sentences were chosen")
            } catch {
                report.problems.append("\(summarizer.name) failed, sentences were chosen instead: \(error)")
            }
        }
        return (extractive.extract(cluster.texts), extractive.name)
    }
}
