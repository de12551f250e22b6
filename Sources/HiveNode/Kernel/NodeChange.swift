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
    /// Those of the documents that are agents, tasks, messages.
    public var traffic: Set<DocumentAddress> = []
    /// Whether scopes were founded, or grants given or taken: `law` names only scopes whose law was evaluated before.
    public var members = false
    /// Those of the documents that are erased.
    public var erased: Set<DocumentAddress> = []
    /// Those of the documents that are tasks.
    public var tasks: Set<DocumentAddress> = []
    /// What became of the documents; not of those whose bytes alone went.
    public var notes: [DocumentAddress: DocumentNote] = [:]

    public var isEmpty: Bool { logs.isEmpty && documents.isEmpty && blobs.isEmpty && law.isEmpty && !rules }
}
