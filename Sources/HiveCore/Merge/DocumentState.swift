/// The merge of all visible operations on one document: a function of their set, whatever the order they came in.
public struct DocumentState: Sendable, Hashable {
    public let address: DocumentAddress
    public let kind: DocumentKind
    /// The operation that made the document: of those that saw nothing, the first by stamp, then dot.
    public internal(set) var creation: Creation
    /// The highest stamp among the visible operations.
    public internal(set) var updated: Stamp
    /// All visible operations; what a caller who read this state has seen.
    public internal(set) var version: VersionVector
    /// Sorted by field.
    public internal(set) var fields: [Field]
    public internal(set) var departures: [Departure]
    /// The latest visible operation of each log that was no departure: an edit that a departure must have
    /// seen to hold.
    var edits: VersionVector
    /// What a reader's policies show of contested fields, where that is not the newest value. Never stored: a state
    /// out of a store, or a merge, shows the newest.
    var preferences: [FieldID: ShownValue] = [:]

    /// A field with its merged state.
    public struct Field: Sendable, Hashable {
        public let id: FieldID
        /// The path behind a hashed field, where a body spelled it.
        public internal(set) var path: String?
        public internal(set) var state: FieldState
    }

    /// Where a document comes from.
    public struct Creation: Sendable, Hashable {
        public let dot: Dot
        public let stamp: Stamp
        public let agent: String?
    }

    /// An operation that forgot the document, with what it had seen.
    public struct Departure: Sendable, Hashable {
        public let dot: Dot
        public let seen: VersionVector
    }

    public subscript(number: UInt64) -> FieldState? { self[.number(number)] }

    public subscript(id: FieldID) -> FieldState? {
        let index = lowerBound(of: id)
        return index < fields.count && fields[index].id == id ? fields[index].state : nil
    }

    /// Where a field stands, or would stand.
    func lowerBound(of id: FieldID) -> Int {
        var low = 0
        var high = fields.count
        while low < high {
            let middle = (low + high) / 2
            if fields[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Where a document stands: the same natural key may name documents in several scopes.
public struct DocumentAddress: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let scope: ScopeID
    public let document: DocumentID

    public init(scope: ScopeID, document: DocumentID) {
        self.scope = scope
        self.document = document
    }

    public static func < (left: DocumentAddress, right: DocumentAddress) -> Bool {
        left.scope == right.scope ? left.document < right.document : left.scope < right.scope
    }

    public var description: String { "\(scope.short)/\(document)" }
}

extension DocumentState {
    /// Whether the document is as good as gone: someone forgot it, and nobody has edited it since without knowing.
    public var isForgotten: Bool {
        departures.contains { $0.seen.covers(edits) }
    }

    /// Whether somebody forgot the document while somebody else edited it: it is back, and says so.
    public var wasRevived: Bool { !departures.isEmpty && !isForgotten }

    /// Whether this generation of the document has ended.
    public var isErased: Bool { !(self[ReservedField.erasure]?.siblings.isEmpty ?? true) }

    /// The time from which the bytes may go, in Unix milliseconds: the earliest that was asked for, or 0 where the
    /// request's own bytes went already. Nil where nothing is to go.
    public var erasureDue: Int64? {
        guard isErased, hasContent else { return nil }
        return self[ReservedField.erasure]?.siblings.map { $0.inline?.integer ?? 0 }.min()
    }

    /// Whether any bytes of a body are left.
    private var hasContent: Bool {
        fields.contains { field in
            switch field.state {
            case .register(let siblings): siblings.contains { $0.value != .gone }
            case .set(let elements): !elements.isEmpty
            case .list(let entries): !entries.isEmpty
            case .tally(let slots): !slots.isEmpty
            }
        }
    }

    /// The fields whose siblings differ.
    public var contestedFields: [Field] {
        fields.filter { field in
            guard field.id != .number(ReservedField.presence), field.id != .number(ReservedField.erasure) else {
                return false
            }
            let siblings = field.state.siblings
            return siblings.count > 1 && Set(siblings.map(\.value)).count > 1
        }
    }

    public var isContested: Bool { !isErased && !contestedFields.isEmpty }

    /// The value that readers see: what the policies prefer, or else the one with the highest stamp, then dot.
    public func shown(_ number: UInt64) -> Sibling? { shown(.number(number)) }

    public func shown(_ id: FieldID) -> Sibling? {
        guard !preferences.isEmpty, let preference = preferences[id] else { return self[id]?.newest }
        return preference.sibling(among: self[id]?.siblings ?? [])
    }

    /// Whether what readers see of a field was made from all of its values.
    public func showsMerged(_ id: FieldID) -> Bool {
        guard case .merged = preferences[id] else { return false }
        return true
    }

    /// The same document as policies show it.
    public func showing(_ values: [FieldID: ShownValue]) -> DocumentState {
        var state = self
        state.preferences = values
        return state
    }
}

extension FieldState {
    /// The sibling with the highest stamp, then dot.
    public var newest: Sibling? {
        siblings.max { ($0.stamp, $0.dot) < ($1.stamp, $1.dot) }
    }
}
