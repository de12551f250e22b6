/// Whether a member agrees with a seal, and so acknowledges it. A seal that its members do not acknowledge never counts.
///
/// The hold is checked here, by each member's own clock, and again where something is dropped: what counts must not
/// hang on clocks, so the law itself knows no hold.
struct SealReview {
    /// Why the seal is not acknowledged, or not yet; nil where nothing speaks against it.
    let objection: String?

    init(
        _ seal: Seal, by author: NodeID, at dot: Dot, under authority: Authority, law operations: [LawOperation],
        hold: Int64, now: Timestamp, in transaction: any StoreTransaction
    ) throws {
        let known = Set(operations.map(\.dot))
        guard seal.law.entries.allSatisfy(known.contains) else {
            objection = "the law that it names is not all here"
            return
        }
        guard Authority.honours(authority.members[author], dot: dot, stream: .law) else {
            objection = "its author may not write law"
            return
        }
        guard seal.time <= now.milliseconds - hold * 1000 else {
            objection = "it seals what is younger than the hold"
            return
        }
        let law = Authority.law(of: seal, founding: authority.founding, operations: operations)
        let survey = try SealSurvey(of: authority.founding.scope, law: law, in: transaction)
        objection = try Self.objection(to: seal, survey: survey, authority: authority)
    }

    private static func objection(to seal: Seal, survey: SealSurvey, authority: Authority) throws -> String? {
        let sizes = Dictionary(uniqueKeysWithValues: seal.horizon.entries.map { ($0.log, $0.number) })
        for (stream, extents) in seal.streams.sorted(by: { $0.key < $1.key }) {
            for extent in extents {
                guard let row = survey.row(extent.log), row.size >= extent.size else {
                    return "log \(extent.log.short) is not here up to \(extent.size)"
                }
                guard row.descriptor.stream == stream else { return "log \(extent.log.short) is of another stream" }
                guard try survey.roots(of: extent.log, at: [extent.size])[extent.size] == extent.root else {
                    return "log \(extent.log.short) holds something else here"
                }
                var culprit: Dot?
                try survey.walk(extent.log, through: extent.size) { operation in
                    let (header, descriptor) = (operation.header, row.descriptor)
                    let restores =
                        survey.law.honours(header.dot, of: descriptor, kind: header.kind)
                        && !authority.honours(header.dot, of: descriptor, kind: header.kind)
                    guard !restores, survey.isClosed(header, within: sizes, until: seal.time) else {
                        culprit = header.dot
                        return false
                    }
                    return true
                }
                if let culprit { return "it would make final what does not count here, or not yet: \(culprit)" }
            }
        }
        let standing = try survey.standing(of: sizes)
        return standing == seal.standing ? nil : "it finds others standing than this node does"
    }
}
