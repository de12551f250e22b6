/// What may go wrong in a simulation, or is asked of the nodes at a bad time. Each run takes some of them, by its seed.
public enum Fault: String, CaseIterable, Sendable, Comparable {
    // The network.
    /// Messages are lost, come twice, late, or after those that were sent behind them.
    case loss, duplication, delay, reordering
    /// A link holds back all messages for a while.
    case clog
    /// Links of some nodes clog one by one and open again in another order.
    case swizzleClog
    /// Nodes fall into two groups; one node is alone; one direction of some links is gone; two groups have one node
    /// in common; each node reaches only its two neighbours.
    case symmetricPartition, isolation, asymmetricPartition, bridgePartition, ringPartition
    /// A link comes and goes, every 100 ms to 60 s.
    case flapping
    /// One side of a conversation is gone, and the other does not know.
    case halfOpen
    /// All that a node sends takes seconds.
    case slowPeer
    /// All conversations end at the same time.
    case reconnectStorm

    // The process.
    /// A process dies: between two steps, in the midst of one, or several times in a row.
    case crash, interruption, crashLoop
    /// The machine loses its power.
    case powerCut
    /// A process stands still for some seconds, and knows nothing of it.
    case pause
    /// A node is away for a minute or more.
    case absence
    /// A newer version says something that this one does not know.
    case unknownMessages

    // The disk.
    case writeError, readError, syncError, tornWrite, shortRead, flippedRead, flippedWrite, misdirectedWrite
    /// There is no room.
    case diskFull
    /// The disk answers before it has written, and then the power goes.
    case lostSync

    // Clocks.
    /// Clocks differ from the begin, run too fast or too slowly, jump by up to a year, or jump back.
    case skew, drift, clockJump, clockBackwards

    // Identity.
    /// A backup takes the place of a disk, a copy of a node runs beside it, a disk is a new one.
    case restoredBackup, clonedDevice, wipedDisk

    // Load.
    /// Hundreds of operations at once, values beyond 64 KiB, many new documents, all edits on one document.
    case burst, largeValues, manyDocuments, hotDocument
    /// Documents are erased, and their bytes dropped; conflicts are settled on several nodes at once.
    case erasures, resolutions
    /// Members lose their grants and get them back.
    case revocations

    // A peer that lies.
    /// It keeps operations back, repeats what it said before, names heads that are not, sends bytes that are no
    /// message, changes bodies on their way, or acknowledges what it does not have.
    case withholding, replaying, falseHeads, malformedFrames, alteredBodies, falseAcknowledgements

    public static func < (left: Fault, right: Fault) -> Bool { left.rawValue < right.rawValue }

    /// What a disk does wrong for this fault; nil for faults of other things.
    var disk: DiskFault? {
        switch self {
        case .writeError: .writeError
        case .readError: .readError
        case .syncError: .syncError
        case .tornWrite: .tornWrite
        case .shortRead: .shortRead
        case .flippedRead: .flippedRead
        case .flippedWrite: .flippedWrite
        case .misdirectedWrite: .misdirectedWrite
        case .diskFull: .full
        case .lostSync: .lostSync
        default: nil
        }
    }

    /// Whether a node that this struck may hold or believe anything, until its store was checked.
    var spoils: Bool {
        [.shortRead, .flippedRead, .flippedWrite, .misdirectedWrite, .lostSync].contains(self)
    }

    /// Whether this is a lie of a peer.
    var isLie: Bool {
        [.withholding, .replaying, .falseHeads, .malformedFrames, .alteredBodies, .falseAcknowledgements]
            .contains(self)
    }
}
