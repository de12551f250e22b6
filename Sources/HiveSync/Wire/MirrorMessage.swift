public import HiveCore

/// What nodes say to each other about copies of backups. Any may be lost, repeated or come late. The owner of a backup is
/// who proved its key on the connection; only `want` and `chunk` name an owner, since they go both ways.
public enum MirrorMessage: Sendable, Hashable {
    /// The sender has a backup that it would like the receiver to keep.
    case offer(MirrorOffer)
    /// An offer is not taken, and why, with advice.
    case refusal(id: String, code: String, message: String)
    /// Asks for the bytes from an offset on: for an offered backup, or for one of the sender's own.
    case want(MirrorName, offset: Int)
    /// Some of them.
    case chunk(MirrorName, offset: Int, [UInt8])
    /// A backup of the receiver is whole here, checked and on disk.
    case stored(id: String, digest: Digest)
    /// The sender no longer wants its backup kept.
    case drop(id: String)
    /// Asks what the receiver keeps for the sender.
    case list
    /// The answer.
    case listing([Entry])

    /// A backup of the receiver, and how much of it is here.
    public struct Entry: Sendable, Hashable {
        public let offer: MirrorOffer
        public let held: Int
        public let isWhole: Bool

        public init(offer: MirrorOffer, held: Int, isWhole: Bool) {
            self.offer = offer
            self.held = held
            self.isWhole = isWhole
        }
    }

    /// The most bytes in a chunk.
    public static let maximumChunk = 64 * 1024
}
