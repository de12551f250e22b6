/// A memory as people see it: a document of one of the four kinds, of concurrent values with the one that is shown.
public struct Engram: Sendable, Hashable {
    public let state: DocumentState
    public let kind: EngramKind
    /// The text, or nil while it lies in a blob that has not arrived yet.
    public let content: String?
    /// What the memory records, where it is a record with fields of its own.
    public let record: Record?

    /// Nil for documents that are no memories.
    public init?(_ state: DocumentState, blob: (BlobReference) throws -> [UInt8]?) rethrows {
        guard let kind = EngramKind(state.kind) else { return nil }
        self.state = state
        self.kind = kind
        record = Record(state)
        switch state.shown(EngramField.content)?.value {
        case .inline(let value): content = value.text
        case .blob(let reference): content = try blob(reference).map { String(decoding: $0, as: UTF8.self) }
        case .gone: content = nil
        case nil: content = record?.text
        }
    }

    public var category: String? { text(EngramField.category) }
    public var context: String? { text(EngramField.context) }
    public var status: String? { text(EngramField.status) }
    public var source: String? { text(EngramField.source) }
    public var user: String? { text(EngramField.user) }
    public var subject: String? { text(EngramField.subject) }
    public var relation: String? { text(EngramField.relation) }
    public var object: String? { text(EngramField.object) }
    public var derivedFrom: String? { text(EngramField.derivedFrom) }

    /// The tags, each once, sorted.
    public var tags: [String] { (state[EngramField.tags]?.elements ?? []).compactMap(\.text).sorted() }

    /// How sure the author was, from 0 to 1.
    public var confidence: Double? {
        switch state.shown(EngramField.confidence)?.inline {
        case .double(let value): value
        case let value: value?.integer.map(Double.init)
        }
    }

    public var expires: Timestamp? {
        state.shown(EngramField.expires)?.inline?.integer.map(Timestamp.init(milliseconds:))
    }

    /// Links to other memories, each once: relation and target.
    public var links: [Link] {
        (state[EngramField.links]?.elements ?? []).compactMap { element in
            guard case .array(let parts) = element, parts.count == 2, let relation = parts[0].text,
                let target = parts[1].text
            else { return nil }
            return Link(relation: relation, target: target)
        }
    }

    /// A named pointer to another memory.
    public struct Link: Sendable, Hashable {
        public let relation: String
        public let target: String

        public init(relation: String, target: String) {
            self.relation = relation
            self.target = target
        }

        public var value: CBORValue { .array([.text(relation), .text(target)]) }
    }

    /// The metadata by key, sorted; values whose bodies are gone are left out.
    public var metadata: [(key: String, value: CBORValue)] {
        let prefix = EngramField.metadataPath("")
        return state.fields.compactMap { field in
            guard let path = field.path, path.hasPrefix(prefix), let value = state.shown(field.id)?.inline,
                value != .null
            else { return nil }
            return (String(path.dropFirst(prefix.count)), value)
        }.sorted { $0.key < $1.key }
    }

    public var created: Timestamp { Timestamp(milliseconds: Int64(state.creation.stamp.milliseconds)) }
    public var updated: Timestamp { Timestamp(milliseconds: Int64(state.updated.milliseconds)) }

    private func text(_ field: UInt64) -> String? { state.shown(field)?.inline?.text }
}

extension Engram {
    /// What the search index holds of this memory; nil where nobody is to find it.
    public var indexEntry: IndexEntry? {
        guard !state.isErased, !state.isForgotten else { return nil }
        let parts =
            [content, context, subject, relation, object].compactMap(\.self)
            + storyTexts + [record?.text].compactMap(\.self).filter { $0 != content }
        var entry = IndexEntry(
            address: state.address, kind: state.kind, text: parts.joined(separator: "\n"), created: created,
            updated: updated)
        // An episode counts as of when it happened, whenever it was written down; an incident says that in fields of its own.
        if record == nil, let span = Episode(self)?.span { (entry.created, entry.updated) = span }
        entry.category = category
        entry.confidence = confidence
        entry.facets = facets
        entry.agent = state.creation.agent
        entry.expires = expires
        return entry
    }
}
