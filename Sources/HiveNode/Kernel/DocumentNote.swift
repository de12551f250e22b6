public import HiveCore

/// What a batch of writes made of a document: enough to tell others of it without reading it again.
public struct DocumentNote: Sendable, Hashable {
    public let kind: DocumentKind
    public let condition: Condition
    /// Whether it was not here before the batch.
    public var isNew: Bool
    public let isContested: Bool

    /// How a document stands.
    public enum Condition: Sendable, Hashable {
        case present
        case forgotten
        case erased
    }

    init(_ state: DocumentState) {
        kind = state.kind
        condition = state.isErased ? .erased : state.isForgotten ? .forgotten : .present
        isNew = state.version.entries == [state.creation.dot]
        isContested = state.isContested
    }

    /// The same document after a later write of the same batch.
    func followed(by later: DocumentNote) -> DocumentNote {
        var later = later
        later.isNew = later.isNew || isNew
        return later
    }
}
