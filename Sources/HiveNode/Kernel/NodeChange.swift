public import HiveCore
public import HiveSync

/// What a batch of writes did, told to everybody who follows.
public struct NodeChange: Sendable, Hashable {
    /// The logs that grew and may leave this node.
    public var logs: [LogHead] = []
    /// The documents whose merged state changed.
    public var documents: Set<DocumentAddress> = []
    /// The blobs that arrived.
    public var blobs: Set<Digest> = []
    /// Scopes whose members may have changed.
    public var law: Set<ScopeID> = []
    /// Whether rules or manifests changed.
    public var rules = false
    /// Those of the documents that are erased.
    public var erased: Set<DocumentAddress> = []
    /// What became of the documents; not of those whose bytes alone went.
    public var notes: [DocumentAddress: DocumentNote] = [:]

    public var isEmpty: Bool { logs.isEmpty && documents.isEmpty && blobs.isEmpty && law.isEmpty && !rules }

    /// Those of the documents that are of some kinds.
    public func documents(of kinds: DocumentKind...) -> Set<DocumentAddress> {
        Set(notes.filter { kinds.contains($0.value.kind) }.keys)
    }
}
