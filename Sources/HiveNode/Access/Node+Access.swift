public import HiveAPI
import HiveCore
import Synchronization

extension Node: AccessRecorder {
    public func record(_ event: AccessEvent, by access: Access) { accessLog?.record(event, by: access) }

    /// What `status` tells those who want to know this node by its certificate.
    public func setCertificate(_ fingerprint: String?) { certificate.withLock { $0 = fingerprint } }

    /// Takes down that somebody was refused inside a use case. What the node does by itself is nobody's attempt.
    func noteRefusal(_ error: HiveError) {
        guard error.code == .forbidden, Access.current != .own else { return }
        record(AccessEvent("use", .refused, subject: error.message, code: error.code.name), by: .current)
    }

    /// Keeps in the database how far the journal goes, once that is on disk.
    func anchorAccess() async throws {
        guard let accessLog else { return }
        let end = accessLog.end
        guard try kernel.read({ try AccessAnchor.load(in: $0)?.chain }) != end, end.number > 0 else { return }
        try accessLog.journal.flush()
        try await kernel.write { try AccessAnchor(chain: end).save(in: $0.transaction) }
    }
}

extension Node: AccessService {
    public func accessEntries(_ query: AccessQuery, as caller: Caller) async throws -> Page<AccessEntry> {
        try await naming {
            try caller.requireOperator(to: "read the journal of access")
            try query.checkLimits()
            let journal = try journalOfAccess()
            let since = try query.since.map(Self.time)?.rfc3339
            var last = Int.max
            if let cursor = query.cursor {
                guard let number = Int(cursor) else {
                    throw HiveError(.invalidInput, "`\(cursor)` is no cursor", hint: "use `next` of an earlier answer")
                }
                last = number
            }
            var items: [AccessEntry] = []
            for file in 0..<journal.files {
                for line in try journal.lines(ofFile: file).reversed() {
                    guard let entry = AccessLog.entry(line), entry.number <= last, query.asks(for: entry, since: since)
                    else { continue }
                    if items.count == query.limit { return Page(items: items, next: String(entry.number)) }
                    items.append(entry)
                }
            }
            return Page(items: items)
        }
    }

    public func verifyAccess(as caller: Caller) async throws -> AccessVerification {
        try await naming {
            try caller.requireOperator(to: "verify the journal of access")
            let journal = try journalOfAccess()
            // Before the journal is read: it only grows.
            var audit = AccessAudit(anchor: try kernel.read { try AccessAnchor.load(in: $0)?.chain })
            for file in (0..<journal.files).reversed() {
                for line in try journal.lines(ofFile: file) { audit.take(line) }
            }
            return audit.verdict()
        }
    }

    private func journalOfAccess() throws(HiveError) -> any AccessJournal {
        guard let journal = accessLog?.journal else {
            throw HiveError(.notSupported, "this node keeps no journal of access", hint: "it has no disk to keep it on")
        }
        return journal
    }
}

extension AccessQuery {
    /// Times in RFC 3339 with milliseconds in UTC compare as their texts do.
    fileprivate func asks(for entry: AccessEntry, since: String?) -> Bool {
        (action ?? entry.action) == entry.action && (outcome ?? entry.outcome) == entry.outcome
            && credential.map { entry.credential?.hasPrefix($0) ?? false } ?? true
            && since.map { entry.time >= $0 } ?? true
    }
}
