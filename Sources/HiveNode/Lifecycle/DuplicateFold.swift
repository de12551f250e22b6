import HiveAPI
import HiveCore

/// Folds a memory that is to be stored into one that says the same already.
struct DuplicateFold {
    let request: StoreMemory
    let earlier: Engram
    /// Who says it now.
    let agent: String?
    let now: Timestamp

    /// What the earlier memory lacks; nil where the two are not the same thing, since one of them says something that the
    /// other one says otherwise, or where both together would be too large.
    func changes() throws -> [Draft.Change]? {
        guard isPlain, isSameText, earlier.status == request.status, earlier.derivedFrom == nil,
            let texts = joinedTexts, let metadata = joinedMetadata, let confidence = joinedConfidence
        else { return nil }
        var changes = texts + metadata + confidence
        let tags = Set(request.tags).subtracting(earlier.tags).sorted()
        if !tags.isEmpty { changes.append(.add(EngramField.tags, tags.map(CBORValue.text))) }
        changes += corroboration
        changes += try joinedExpiry()
        if earlier.isArchived { changes.append(.set(EngramField.archived, .bool(false))) }
        do {
            try MemoryLimits.check(tags: earlier.tags + tags)
        } catch { return nil }
        return changes
    }

    private var isOwn: Bool { earlier.state.creation.agent == agent }

    /// Somebody else who says the same confirms it, once.
    private var corroboration: [Draft.Change] {
        let word = Assessment.value(.verified, agent: agent)
        let isKnown = earlier.state[EngramField.assessments]?.entries.contains(word) == true
        return isOwn || isKnown ? [] : [.append(EngramField.assessments, [word])]
    }

    /// Skills and records say more than their text, what was taken back is said anew, and what repeats another memory goes
    /// with that.
    private var isPlain: Bool {
        !earlier.isRetracted && earlier.record == nil && earlier.state[EngramField.steps] == nil
            && earlier.copies.isEmpty && earlier.promotionMark == nil
    }

    private var isSameText: Bool {
        earlier.content.map(ContentFingerprint.normalised) == ContentFingerprint.normalised(request.content)
    }

    private var joinedTexts: [Draft.Change]? {
        let texts: [(field: UInt64, old: String?, new: String?)] = [
            (EngramField.category, earlier.category, request.category),
            (EngramField.context, earlier.context, request.context), (EngramField.user, earlier.user, request.user),
            (EngramField.source, earlier.source, request.source),
            (EngramField.subject, earlier.subject, request.subject),
            (EngramField.relation, earlier.relation, request.relation),
            (EngramField.object, earlier.object, request.object),
        ]
        var changes: [Draft.Change] = []
        for text in texts {
            guard let new = text.new, new != text.old else { continue }
            guard text.old == nil else { return nil }
            changes.append(.set(text.field, .text(new)))
        }
        if let singleValued = request.singleValued {
            let old = earlier.state.shown(EngramField.singleValued)?.inline
            guard old == nil || old == .bool(singleValued) else { return nil }
            if old == nil { changes.append(.set(EngramField.singleValued, .bool(singleValued))) }
        }
        return changes
    }

    private var joinedMetadata: [Draft.Change]? {
        let known = Dictionary(earlier.metadata.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        var changes: [Draft.Change] = []
        for (key, value) in request.metadata.sorted(by: { $0.key < $1.key }) where value != .null {
            guard let old = known[key] else {
                changes.append(.setPath(EngramField.metadataPath(key), value.cbor))
                continue
            }
            guard old == value.cbor else { return nil }
        }
        let all = known.mapValues { JSONValue($0) }.merging(request.metadata) { old, _ in old }
        do { try MemoryLimits.check(metadata: all) } catch { return nil }
        return changes
    }

    private var joinedConfidence: [Draft.Change]? {
        guard let new = request.confidence, new != earlier.confidence else { return [] }
        return earlier.confidence == nil && isOwn ? [.set(EngramField.confidence, .double(new))] : nil
    }

    /// Of two expiries the later one; of one and none, none.
    private func joinedExpiry() throws -> [Draft.Change] {
        guard let old = earlier.expires else { return [] }
        let new = try MemoryDrafts.expiry(at: request.expiresAt, in: request.expiresIn, now: now)
        guard let new else { return [.set(EngramField.expires, .null)] }
        return new > old ? [.set(EngramField.expires, .integer(new.milliseconds))] : []
    }
}

extension Node {
    /// The memory that a new one was folded into; nil where there is none, or none is wanted. What happened twice is two
    /// episodes, even where it is told in the same words, and what an agent has in mind is nobody else's.
    func fold(_ request: StoreMemory, agent: String?, in context: inout WriteContext) throws -> DocumentState? {
        let kind = EngramKind(rawValue: request.kind ?? "semantic")
        guard (request.duplicates ?? settings.lifecycle.duplicates) == .fold, let kind, kind != .episodic,
            kind != .instant, request.episode == nil, request.skill == nil, request.record == nil,
            let fingerprint = ContentFingerprint.facet(of: request.content)
        else { return nil }
        let lookup = try ScopeLookup(&context.replica, context.transaction)
        guard let founding = try lookup.find(scope(of: request, kind, agent: agent)) else { return nil }
        var query = SearchQuery(limit: Self.mostDuplicates)
        query.scopes = [founding.scope]
        query.kinds = [kind.document]
        query.facets = [fingerprint]
        query.now = context.now
        let view = MemoryView(transaction: context.transaction, lookup: lookup)
        let found = try context.transaction.index.search(query).compactMap { hit in
            try context.transaction.documents.state(hit.address).flatMap { try view.engram($0) }
        }
        for earlier in found.sorted(by: { $0.isOlder(than: $1) }) {
            guard
                let changes = try DuplicateFold(request: request, earlier: earlier, agent: agent, now: context.now)
                    .changes().map({ try $0 + self.links(request.links, of: earlier, in: &context) })
            else { continue }
            guard !changes.isEmpty else { return earlier.state }
            let draft = Draft(kind.document, at: earlier.state.address, agent: agent, changes: changes)
            return try context.commit([draft]).states[0]
        }
        return nil
    }

    /// The links that an earlier memory lacks, checked as if they were added to it.
    private func links(
        _ links: [MemoryLink], of earlier: Engram, in context: inout WriteContext
    ) throws -> [Draft.Change] {
        let checked = try self.checked(links, from: earlier.state, in: &context).map {
            Engram.Link(relation: $0.relation, target: $0.target)
        }
        let new = checked.filter { !earlier.links.contains($0) }
        return new.isEmpty ? [] : [.add(EngramField.links, new.map(\.value))]
    }

    /// Of more memories with one text only so many are looked at.
    private static let mostDuplicates = 32
}

extension Engram {
    /// Made before another one; ties by their addresses, so that every node says the same.
    func isOlder(than other: Engram) -> Bool {
        (state.creation.stamp, state.address) < (other.state.creation.stamp, other.state.address)
    }
}
