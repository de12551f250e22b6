import HiveAPI
import HiveCore

/// A memory that may go into a context block.
struct ContextCandidate {
    let id: String
    let kind: EngramKind
    let content: String
    let updated: Timestamp
    let confidence: Double?
    /// Of how many tokens its working set shows it at most.
    let limit: Int?
    /// 0 where it is not in the working set.
    var attention: Double
    /// 0 where the search did not find it.
    var score: Double

    /// Core knowledge is in every block.
    var isCore = false

    /// What it counts, from 0 to 1: either reason alone suffices, and an answer to the question counts twice as much as
    /// attention.
    var relevance: Double { isCore ? 1 : 1 - (1 - score) * (1 - attention / 2) }

    /// All of a working set, of core knowledge and of a search, each once, the most relevant first; ties by id.
    static func ranked(_ desk: WorkingDesk, core: [Engram], hits: [MemoryHit]) throws -> [ContextCandidate] {
        var candidates: [String: ContextCandidate] = [:]
        for (entry, attention, engram) in desk.ranked {
            let id = entry.address.document.description
            candidates[id] = ContextCandidate(
                id: id, kind: engram.kind, content: engram.content ?? unarrived, updated: engram.updated,
                confidence: try desk.confidence(in: engram), limit: entry.limit, attention: attention, score: 0)
        }
        for hit in hits {
            if candidates[hit.memory.id] != nil {
                candidates[hit.memory.id]?.score = hit.score
            } else if let found = ContextCandidate(hit) {
                candidates[hit.memory.id] = found
            }
        }
        for engram in core {
            let id = engram.state.address.document.description
            let known = candidates[id]
            candidates[id] = ContextCandidate(
                id: id, kind: engram.kind, content: engram.content ?? unarrived, updated: engram.updated,
                confidence: try desk.confidence(in: engram), limit: nil, attention: known?.attention ?? 0,
                score: known?.score ?? 0, isCore: true)
        }
        return candidates.values.sorted { ($1.relevance, $0.id) < ($0.relevance, $1.id) }
    }

    func item(at now: Timestamp) -> ContextItem {
        ContextItem(
            id: id, kind: kind, age: max(0, now.milliseconds - updated.milliseconds), confidence: confidence,
            content: content, limit: limit)
    }

    private static let unarrived = "(the text is on its way from another node)"
}

extension ContextCandidate {
    /// Nil for a kind of a later version.
    private init?(_ hit: MemoryHit) {
        guard let kind = EngramKind(rawValue: hit.memory.kind), let updated = Timestamp(rfc3339: hit.memory.updatedAt)
        else { return nil }
        self.init(
            id: hit.memory.id, kind: kind, content: hit.memory.content ?? Self.unarrived, updated: updated,
            confidence: hit.memory.epistemic.effectiveConfidence ?? hit.memory.confidence, limit: nil, attention: 0,
            score: hit.score)
    }
}
