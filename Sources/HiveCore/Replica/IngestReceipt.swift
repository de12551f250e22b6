/// What taking in a range did.
public struct IngestReceipt: Sendable, Hashable {
    /// How many operations were new.
    public var stored: UInt64 = 0
    /// The documents whose merged state changed, in order.
    public var documents: [DocumentAddress] = []
    /// Scopes whose members may have changed.
    public var lawChanged: Set<ScopeID> = []
    /// Operations whose stamps lie too far ahead to be believed by this node's clock.
    public var flagged: [Dot] = []
    /// Operations whose bodies cannot be read.
    public var malformed: [Dot] = []
    /// How far the log is held now, and its root there: less than was sent where evidence ended the log.
    public var size: UInt64 = 0
    public var root = MerkleTree.emptyRoot
    /// Someone else showed operations of this very life's log that this node does not hold, or evidence ended a log of
    /// this life: it must begin another.
    public var mustReincarnate = false
}
