/// What keeps a known mistake of the field out, by name.
///
/// Everything stands, always. Only tests of this package take one away, to prove that the simulator notices: each is a
/// bug that somebody else's users found, and the source is named with it.
package enum Defence: String, CaseIterable, Sendable {
    /// A log is taken in order, up to its head and one more; a gap is asked for, never remembered as filled.
    /// (superfly/corrosion: ten and more pull requests on gap and partial bookkeeping.)
    case logsGrowInOrder
    /// A stamp far ahead of this node's time is stored and not followed. (iroh-docs#120, evolu#709)
    case clockDoubtsTheFuture
    /// A peer is told that it may forget only once the commit is on disk. (Jepsen on NATS 2.12.1)
    case commitBeforeAcknowledging
    /// What is held already is not taken again. (automerge#702: messages that were repeated or lost)
    case repeatedRangesAreKnown
    /// An operation shows once all that its author had seen is here, or is void.
    /// (distributed stores that merge by arrival; Riak's causal contexts are the remedy)
    case contextsAreAwaited
    /// A node whose disk was put back, or is a new one, begins a new life: no number of its log is given twice.
    /// (syncthing#3876, litestream#781, manyverse#111, bitkit#951, loro#490, nats#6206)
    case newLifeAfterRestore
    /// Where a commit failed, what is kept in memory stays as it was. (dqlite#309, corrosion's bookkeeping)
    case memoryFollowsDisk
    /// What does not continue a log is a second history until the sender was asked for its proof; nobody is blamed
    /// before, and nothing is passed over. (scuttlebutt: feeds that died silently; hypercore closes the session)
    case branchesAreProven
    /// Logs of one size are compared by their roots. (two machines with one key that wrote equally much)
    case equalLengthsAreCompared
    /// Evidence ends a log where its histories part, on every node, whatever it held.
    /// (scuttlebutt patchwork#1292, bitkit#951)
    case branchesAreVoid
    /// A node that is shown more of its own log than it holds never writes to that log again.
    /// (syncthing#3876, litestream#781, loro#490)
    case ownLogsAreReadopted
}
