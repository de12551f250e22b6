import HiveAPI
import HiveCore

/// Shows documents as memories.
struct MemoryView {
    let transaction: any StoreTransaction
    let lookup: ScopeLookup
    /// Nil where it does not matter how far a memory is believed.
    var beliefs: BeliefReader?

    /// Nil for documents that are no memories.
    func memory(_ state: DocumentState) throws -> Memory? {
        guard let engram = try engram(state) else { return nil }
        var epistemic = Epistemic(
            status: engram.status, source: engram.source, derivedFrom: engram.derivedFrom, subject: engram.subject,
            relation: engram.relation, object: engram.object, singleValued: engram.isSingleValued ? true : nil,
            user: engram.user)
        epistemic.retraction = engram.retraction.map(RetractionNote.init)
        if let confidence = try beliefs?.confidence(in: engram) {
            epistemic.verifications = confidence.assessments.count { $0.verdict == .verified }
            epistemic.contradictions = confidence.assessments.count { $0.verdict == .contradicted }
            epistemic.effectiveConfidence = confidence.value
            epistemic.trust = confidence.trust
        }
        var metadata: [String: JSONValue] = [:]
        for entry in engram.metadata { metadata[entry.key] = JSONValue(entry.value) }
        var memory = Memory(
            id: state.address.document.description, kind: engram.kind.rawValue,
            scope: lookup.name(of: state.address.scope), category: engram.category, content: engram.content,
            context: engram.context, tags: engram.tags, metadata: metadata, confidence: engram.confidence,
            epistemic: epistemic, author: try author(state.creation.dot, agent: state.creation.agent),
            createdAt: engram.created.rfc3339, updatedAt: engram.updated.rfc3339, expiresAt: engram.expires?.rfc3339,
            links: engram.links.map { MemoryLink(relation: $0.relation, target: $0.target) },
            contested: state.isContested || state.wasRevived, version: state.version.token)
        memory.origin = engram.origin
        memory.episode = try episode(engram)
        memory.skill = try skill(engram)
        memory.promotion = try promotion(engram)
        if engram.record != nil { memory.record = try RecordView(view: self, now: engram.updated).fields(state) }
        return memory
    }

    /// Nil for documents that are no memories, and for those that the request at hand may not see.
    func engram(_ state: DocumentState) throws -> Engram? {
        guard lookup.shows(state.address.scope) else { return nil }
        let local = transaction.local
        return try Engram(lookup.showing(state, in: transaction)) { try local.value($0.hash.bytes, in: "blobs") }
    }

    func author(_ dot: Dot, agent: String?) throws -> Author {
        let node = try transaction.logs.row(dot.log)?.descriptor.author.nodeID
        return Author(agent: agent, node: node?.description ?? "unknown")
    }

    /// The one memory whose identity begins so, whatever became of it. Throws `not_found` or `ambiguous`.
    func locate(_ id: String) throws -> DocumentState {
        let digits = id.lowercased()
        guard (4...32).contains(digits.count), digits.allSatisfy(\.isHexDigit) else {
            throw HiveError(.notFound, "`\(id)` is no memory's id", hint: "ids have 4 to 32 hexadecimal digits")
        }
        let found = try transaction.documents.list(.prefix(digits)).filter {
            EngramKind($0.kind) != nil && lookup.scopes.contains($0.address.scope)
        }
        guard found.count <= 1 else {
            let ids = found.prefix(5).map { $0.address.document.description }.joined(separator: ", ")
            throw HiveError(
                .ambiguous, "`\(id)` is the beginning of \(found.count) memories: \(ids)", hint: "write more of it")
        }
        guard let state = found.first else { throw HiveError(.notFound, "there is no memory `\(id)`") }
        return state
    }

    /// The same where it is there. Throws `forgotten` and `erased`, too.
    func find(_ id: String, evenForgotten: Bool = false, evenErased: Bool = false) throws -> DocumentState {
        let state = try locate(id)
        // What was erased and has bytes left may only be erased sooner.
        if state.isErased, !evenErased || state.erasureDue == nil {
            throw HiveError(.erased, "the memory `\(id)` was erased")
        }
        if state.isForgotten, !evenForgotten {
            let successor = state.shown(EngramField.supersededBy)?.inline?.text
            throw HiveError(
                .forgotten,
                "the memory `\(id)` was \(successor.map { "merged into `\($0)` and " } ?? "")forgotten",
                hint: "an update brings it back: hivectl memory update \(id) …")
        }
        return state
    }
}
