import HiveAPI
import HiveCore

/// Episodes that tell of the same kind of thing and are to become one memory.
struct EpisodeCluster: Sendable {
    /// Oldest first; of one scope and category.
    let episodes: [Engram]

    /// More episodes do not become one memory.
    static let most = 50

    /// Groups episodes of one scope and category by how alike they are; only groups of at least `minimum`.
    ///
    /// - Parameter likeness: of two places in `episodes`.
    static func clusters(
        of episodes: [Engram], settings: LifecycleSettings, likeness: (Int, Int) -> Double
    ) -> [EpisodeCluster] {
        SimilarityClusters.group(count: episodes.count, threshold: settings.similarity, similarity: likeness)
            .filter { $0.count >= max(2, settings.minimumCluster) }
            .map { places in EpisodeCluster(episodes: places.prefix(most).map { episodes[$0] }) }
    }

    var scope: ScopeID { episodes[0].state.address.scope }
    var category: String? { episodes[0].category }
    var texts: [String] { episodes.compactMap(\.storyText) }
    var ids: [String] { episodes.map(\.state.address.document.description) }

    /// The same episodes always become the same document, so that no cluster is summarised twice.
    var summary: DocumentAddress {
        let key = Digest.sha256(
            domain: "hive/1/cluster", episodes.map(\.state.address.document).sorted().flatMap(\.bytes))
        let document = DocumentID.derived(
            kind: DocumentKind.semantic.rawValue, key: Array("summary/".utf8) + key.bytes, generation: 0)
        return DocumentAddress(scope: scope, document: document)
    }

    /// The summary as a draft. It is as sure as the least sure of the episodes.
    func draft(_ text: String, by summariser: String) -> Draft {
        let shared = Dictionary(grouping: episodes.flatMap(\.tags)) { $0 }
            .filter { 2 * $0.value.count >= episodes.count }.keys.sorted()
        var changes: [Draft.Change] = [
            .setText(EngramField.content, text), .set(EngramField.context, .text(context)),
            .set(EngramField.status, .text("computed")), .set(EngramField.source, .text(summariser)),
            .add(EngramField.links, ids.map { Engram.Link(relation: "summarises", target: $0).value }),
            .add(EngramField.copies, ids.map(CBORValue.text)),
        ]
        if let category { changes.append(.set(EngramField.category, .text(category))) }
        if !shared.isEmpty { changes.append(.add(EngramField.tags, shared.map(CBORValue.text))) }
        if let least = episodes.compactMap(\.confidence).min() {
            changes.append(.set(EngramField.confidence, .double(least)))
        }
        if let most = episodes.compactMap(\.signsOfLife.significance).max() {
            changes.append(.set(EngramField.significance, .double(most)))
        }
        if let user = episodes[0].user, episodes.allSatisfy({ $0.user == user }) {
            changes.append(.set(EngramField.user, .text(user)))
        }
        return Draft(.semantic, at: summary, changes: changes)
    }

    private var context: String {
        let first = episodes[0].created.rfc3339.prefix(10)
        let last = episodes[episodes.count - 1].created.rfc3339.prefix(10)
        return "summary of \(episodes.count) episodes from \(first) to \(last)"
    }

    /// What puts a source away behind its summary.
    func archiving(_ episode: Engram) -> Draft {
        Draft(
            episode.state.kind, at: episode.state.address,
            changes: [
                .set(EngramField.archived, .bool(true)),
                .set(EngramField.summarisedBy, .text(summary.document.description)),
            ])
    }
}

extension Engram {
    /// What an episode tells: its text and its events. Nil while its text is not here.
    var storyText: String? {
        content.map { ([$0] + (Episode(self)?.events.map(\.text) ?? [])).joined(separator: "\n") }
    }
}
