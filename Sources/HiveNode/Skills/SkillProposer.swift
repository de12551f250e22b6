import HiveAPI
import HiveCore

/// Finds similar successful episodes and what they share. Works on what it is given, so that no write waits for it.
struct SkillProposer {
    /// Of a scope the last so many successful episodes are looked at.
    static let episodes = 2000
    /// Of a group so many episodes, those that began first, are held against each other, and so many events of each.
    static let accounts = 12
    static let events = 100
    /// From this cosine of their vectors on, two episodes are alike.
    static let cosine: Float = 0.6
    /// From this overlap of their words on, where one of them has no vector.
    static let overlap = 0.35

    /// An episode with what is compared of it.
    struct Candidate {
        let address: DocumentAddress
        let engram: Engram
        let episode: Episode
        let vector: [Float]?
        let words: Set<String>
    }

    /// What a group of episodes suggests.
    struct Proposal {
        let address: DocumentAddress
        let trigger: String
        let steps: [String]
        let episodes: [Candidate]
    }

    /// Successful episodes of one scope, the one that began first in front.
    let candidates: [Candidate]

    init(_ engrams: [Engram], vectors: [DocumentAddress: [Float]]) {
        candidates = engrams.compactMap { engram in
            guard let episode = Episode(engram) else { return nil }
            let address = engram.state.address
            let text = ([engram.content ?? ""] + episode.events.map(\.text)).joined(separator: "\n")
            return Candidate(
                address: address, engram: engram, episode: episode, vector: vectors[address],
                words: WordOverlap.words(of: text))
        }.sorted { ($0.episode.started, $0.address) < ($1.episode.started, $1.address) }
    }

    /// Similar episodes, at least so many in each group.
    func groups(ofAtLeast count: Int) -> [[Candidate]] {
        LikenessGroups.of(candidates.count) { areAlike(candidates[$0], candidates[$1]) }
            .filter { $0.count >= count }.map { $0.map { candidates[$0] } }
    }

    private func areAlike(_ left: Candidate, _ right: Candidate) -> Bool {
        guard let one = left.vector, let other = right.vector else {
            return WordOverlap.of(left.words, right.words) >= Self.overlap
        }
        return zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } >= Self.cosine
    }

    /// Where the skill of a group stands: whoever leads the group, it is one skill, on every node.
    static func address(for group: [Candidate]) -> DocumentAddress {
        let leader = group[0].address
        let document = DocumentID.derived(
            kind: DocumentKind.procedural.rawValue, key: Array("proposed from ".utf8) + leader.document.bytes,
            generation: 0)
        return DocumentAddress(scope: leader.scope, document: document)
    }

    /// Nil where the episodes share no step.
    static func proposal(for group: [Candidate]) -> Proposal? {
        let accounts = group.prefix(Self.accounts).map { $0.episode.events.prefix(Self.events).map(\.text) }
        let enough = max(2, (2 * accounts.count + 2) / 3)
        // Each account may be the one that has all the steps.
        let shared = accounts.indices.map { place in
            SharedSteps.of([accounts[place]] + accounts[..<place] + accounts[(place + 1)...], inAtLeast: enough)
        }
        guard let steps = shared.reduce(nil, { longest($0, $1) }), !steps.isEmpty else { return nil }
        return Proposal(address: address(for: group), trigger: centralTitle(of: group), steps: steps, episodes: group)
    }

    private static func longest(_ left: [String]?, _ right: [String]) -> [String] {
        guard let left else { return right }
        return right.count > left.count ? right : left
    }

    /// The title that has most in common with the others.
    private static func centralTitle(of group: [Candidate]) -> String {
        let titles = group.map { $0.engram.content ?? "" }
        let words = titles.map(WordOverlap.words(of:))
        let sums = words.map { one in words.reduce(0) { $0 + WordOverlap.of(one, $1) } }
        let best = titles.indices.max { (sums[$0], -$0) < (sums[$1], -$1) } ?? 0
        return titles[best]
    }
}

extension SkillProposer.Proposal {
    /// How sure one may be of a skill that never failed in so many episodes.
    var confidence: Double {
        WilsonInterval.lowerBound(successes: Int64(episodes.count), of: Int64(episodes.count))
    }

    /// What the new skill is.
    var changes: [Draft.Change] {
        let tags = episodes.dropFirst().reduce(Set(episodes[0].engram.tags)) { $0.intersection($1.engram.tags) }
        let categories = Set(episodes.map { $0.engram.category })
        let sources = episodes.map(\.address.document.description)
        let links = sources.map { Engram.Link(relation: Engram.Link.derivedFrom, target: $0).value }
        var changes: [Draft.Change] = [
            .setText(EngramField.content, trigger), .set(EngramField.trigger, .text(trigger)),
            .set(EngramField.steps, Skill.value(of: steps)), .set(EngramField.status, .text("hypothetical")),
            .set(EngramField.source, .text("proposed from \(episodes.count) similar episodes")),
            .set(EngramField.confidence, .double(confidence)), .add(EngramField.links, links),
            // Its steps are in their words: what is erased there goes here too.
            .add(EngramField.copies, sources.map(CBORValue.text)),
        ]
        if !tags.isEmpty { changes.append(.add(EngramField.tags, tags.sorted().map(CBORValue.text))) }
        if categories.count == 1, let category = episodes[0].engram.category {
            changes.append(.set(EngramField.category, .text(category)))
        }
        return changes
    }
}
