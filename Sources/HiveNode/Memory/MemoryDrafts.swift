import HiveAPI
import HiveCore

/// Turns requests into drafts.
enum MemoryDrafts {
    static func changes(for request: StoreMemory, now: Timestamp) throws -> [Draft.Change] {
        var changes: [Draft.Change] = [.setText(EngramField.content, request.content)]
        let texts: [(UInt64, String?)] = [
            (EngramField.category, request.category), (EngramField.context, request.context),
            (EngramField.user, request.user), (EngramField.source, request.source),
            (EngramField.status, request.status), (EngramField.subject, request.subject),
            (EngramField.relation, request.relation),
            (EngramField.object, request.object),
        ]
        for (field, text) in texts { if let text { changes.append(.set(field, .text(text))) } }
        if !request.tags.isEmpty {
            changes.append(.add(EngramField.tags, Array(Set(request.tags)).sorted().map(CBORValue.text)))
        }
        if let confidence = request.confidence { changes.append(.set(EngramField.confidence, .double(confidence))) }
        if let singleValued = request.singleValued {
            changes.append(.set(EngramField.singleValued, .bool(singleValued)))
        }
        if let expires = try expiry(at: request.expiresAt, in: request.expiresIn, now: now) {
            changes.append(.set(EngramField.expires, .integer(expires.milliseconds)))
        }
        for (key, value) in request.metadata.sorted(by: { $0.key < $1.key }) {
            changes.append(.setPath(EngramField.metadataPath(key), value.cbor))
        }
        if !request.links.isEmpty { changes.append(.add(EngramField.links, request.links.map(\.cbor))) }
        if let episode = request.episode { changes += try StoryDrafts.changes(for: episode, now: now) }
        if let skill = request.skill { changes += try StoryDrafts.changes(for: skill, now: now) }
        return changes
    }

    static func changes(
        for request: UpdateMemory, state: DocumentState, engram: Engram, now: Timestamp
    ) throws -> [Draft.Change] {
        var changes: [Draft.Change] = []
        if let content = request.content { changes.append(.setText(EngramField.content, content)) }
        let texts: [(UInt64, FieldUpdate<String>)] = [
            (EngramField.category, request.category), (EngramField.context, request.context),
            (EngramField.source, request.source), (EngramField.status, status(request.status, of: engram)),
        ]
        for (field, update) in texts { append(field, update) { .text($0) } }
        append(EngramField.confidence, request.confidence) { .double($0) }
        switch request.expiresAt {
        case .clear: changes.append(.set(EngramField.expires, .null))
        case .keep, .set:
            if let expires = try expiry(at: request.expiresAt.value, in: request.expiresIn, now: now) {
                changes.append(.set(EngramField.expires, .integer(expires.milliseconds)))
            }
        }
        let removed = request.tags.map { Set(engram.tags).subtracting($0) } ?? Set(request.removeTags)
        let added = Set(request.tags ?? request.addTags).subtracting(engram.tags)
        if !removed.isEmpty { changes.append(.remove(EngramField.tags, removed.sorted().map(CBORValue.text))) }
        if !added.isEmpty { changes.append(.add(EngramField.tags, added.sorted().map(CBORValue.text))) }
        if !request.removeLinks.isEmpty { changes.append(.remove(EngramField.links, request.removeLinks.map(\.cbor))) }
        if !request.addLinks.isEmpty { changes.append(.add(EngramField.links, request.addLinks.map(\.cbor))) }
        for (key, value) in request.metadata.sorted(by: { $0.key < $1.key }) {
            changes.append(.setPath(EngramField.metadataPath(key), value.cbor))
        }
        // The limits are the memory's, not one update's.
        if !added.isEmpty { try MemoryLimits.check(tags: Array(Set(engram.tags).subtracting(removed).union(added))) }
        if !request.metadata.isEmpty {
            let present = Dictionary(engram.metadata.map { ($0.key, JSONValue($0.value)) }, uniquingKeysWith: { $1 })
            try MemoryLimits.check(metadata: present.merging(request.metadata) { $1 })
        }
        if state.isForgotten || state.wasRevived {
            changes.append(.set(ReservedField.presence, .bool(true)))
            if engram.supersededBy != nil { changes.append(.set(EngramField.supersededBy, .null)) }
        }
        return changes

        func append<Value>(_ field: UInt64, _ update: FieldUpdate<Value>, _ value: (Value) -> CBORValue) {
            switch update {
            case .keep: return
            case .clear: changes.append(.set(field, .null))
            case .set(let new): changes.append(.set(field, value(new)))
            }
        }
    }

    /// A status that is cleared gives a retracted memory back the one that it had.
    private static func status(_ update: FieldUpdate<String>, of engram: Engram) -> FieldUpdate<String> {
        guard update == .clear, let former = engram.retraction?.former else { return update }
        return .set(former)
    }

    static func expiry(at text: String?, in seconds: Int?, now: Timestamp) throws -> Timestamp? {
        if let seconds { return now.advanced(bySeconds: Int64(seconds)) }
        guard let text else { return nil }
        guard let time = Timestamp(rfc3339: text) else {
            throw HiveError(.invalidInput, "`\(text)` is no time", hint: "write RFC 3339, as in 2026-11-21T08:00:00Z")
        }
        guard time > now else {
            throw HiveError(
                .invalidInput, "the memory would have expired already, at \(text)",
                hint: "give a time that is yet to come, or a duration such as 24h; forget what is of no use any more")
        }
        return time
    }
}

extension MemoryLink {
    var cbor: CBORValue { Engram.Link(relation: relation, target: target).value }
}
