import HiveAPI

/// Goes through the journal of access, oldest entry first, and notes what does not fit.
struct AccessAudit {
    /// More problems than these are not told.
    private static let most = 20

    private(set) var entries = 0
    private(set) var problems: [String] = []
    private(set) var first: Int?
    private var chain: AccessChain?
    private let anchor: AccessChain?
    private var hasMetAnchor = false

    /// - Parameter anchor: where the journal ended at some time.
    init(anchor: AccessChain?) { self.anchor = anchor }

    mutating func take(_ line: [UInt8]) {
        guard let entry = AccessLog.entry(line) else {
            return note("after entry \(chain?.number ?? 0) stands a line that cannot be read")
        }
        entries += 1
        if first == nil { first = entry.number }
        // Where the oldest files are gone, the chain begins with what is left.
        let before = chain ?? AccessChain(number: entry.number - 1, hash: entry.previous)
        if entry.action == AccessEvent.broken {
            note("entry \(entry.number): \(entry.subject ?? "the journal was changed")")
        }
        if let objection = before.objection(to: entry) { note(objection) }
        if let anchor, entry.number == anchor.number {
            hasMetAnchor = true
            if entry.hash != anchor.hash { note("entry \(entry.number) is another one than it was") }
        }
        chain = AccessChain(after: entry)
    }

    private mutating func note(_ problem: String) {
        if problems.count < Self.most { problems.append(problem) }
    }

    mutating func verdict() -> AccessVerification {
        if let anchor, !hasMetAnchor, anchor.number > 0 {
            note("the journal went on to entry \(anchor.number), which is missing")
        }
        return AccessVerification(
            entries: entries, first: first, last: chain?.number, hash: chain?.hash, problems: problems)
    }
}
