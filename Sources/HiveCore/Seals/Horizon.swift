/// A seal that counts. Once one does it does for ever: it rests on operations alone, and none of them can be taken back.
public struct Horizon: Sendable, Hashable {
    /// The seal's own place in the law.
    public let dot: Dot
    public let seal: Seal
    /// What it seals: nothing of a log that the law it names had frozen before.
    public let sealed: VersionVector
    /// Who was what by the law that the seal names.
    let members: [NodeID: Authority.Member]

    init(dot: Dot, seal: Seal, law: Authority) {
        self.dot = dot
        self.seal = seal
        sealed = VersionVector(
            seal.horizon.entries.map { Dot(log: $0.log, number: min($0.number, law.frozen[$0.log]?.size ?? .max)) })
        members = law.members
    }
}
