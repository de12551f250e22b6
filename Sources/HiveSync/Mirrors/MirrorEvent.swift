public import HiveCore

/// What happens to a mirror session.
public enum MirrorEvent: Sendable, Hashable {
    case received(MirrorMessage)
    /// What this node has, and what of it the peer is to keep.
    case planned(MirrorPlan)
    /// An operator asks for a backup of this node that the peer keeps.
    case fetch(MirrorOffer)
    /// The answer to `begin`.
    case begun(MirrorHolding)
    /// The answer to `append`: how many bytes are there.
    case appended(MirrorName, Int)
    /// The answer to `finish`: whether the bytes were the right ones.
    case finished(MirrorName, isRight: Bool)
    /// A `begin`, `append` or `finish` could not be done.
    case failed(MirrorName, code: String, message: String)
    case tick
}

/// What a mirror session wants done. The shell does it, and reports `begin`, `append` and `finish` back with events.
public enum MirrorDirective: Sendable, Hashable {
    case send(MirrorMessage)
    /// Make room for a backup and say how much of it is here: the peer's, if its mirrors are accepted, or an own one.
    case begin(MirrorOffer, MirrorName)
    case append([UInt8], at: Int, MirrorName)
    case finish(MirrorName)
    /// Send a chunk: of an own backup, or of a mirror that is whole here.
    case serve(MirrorName, offset: Int)
    /// Send what is kept for the peer.
    case list
    /// Remove what is kept for the peer.
    case drop(MirrorName)
    /// A fetch is over. Nil for a good end.
    case fetched(MirrorName, problem: String?)
}

/// What of its backups a node has a peer keep.
public struct MirrorPlan: Sendable, Hashable {
    /// All backups whose keys are there. Of others nothing is known, so their copies are let be.
    public var known: Set<String>
    /// Those that the peer is to keep.
    public var wanted: Set<String>
    /// Those of them whose files are there, newest first.
    public var offers: [MirrorOffer]

    public init(known: Set<String> = [], wanted: Set<String> = [], offers: [MirrorOffer] = []) {
        self.known = known
        self.wanted = wanted
        self.offers = offers
    }
}
