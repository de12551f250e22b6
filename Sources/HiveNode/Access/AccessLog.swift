public import HiveAPI
import HiveCore
import Logging
import Synchronization

/// The journal of access as a chain. So many refusals are written down at once, and so many more with time: nobody from
/// outside can fill the disk or push older entries out. What was not written is counted in the next entry.
public final class AccessLog: AccessRecorder {
    /// How many refusals may come at once.
    static let burst = 60.0
    /// How many may come each second afterwards.
    static let rate = 0.2

    private struct State {
        var chain = AccessChain()
        /// Nil until something was refused.
        var refusals: TokenBucket?
        var unwritten = 0
        var isBroken = false
    }

    let journal: any AccessJournal
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private let state: Mutex<State>

    /// Goes on where the newest readable entry ends. Where the journal is not the one that it was, that is its next entry,
    /// so that nobody can cover it up by starting the node again.
    ///
    /// - Parameter anchor: where the journal ended when that was last looked at.
    init(
        _ journal: any AccessJournal, anchor: AccessChain?, now: @escaping @Sendable () -> Timestamp, logger: Logger
    ) throws {
        self.journal = journal
        self.now = now
        self.logger = logger
        var state = State()
        if let last = try Self.newest(in: journal) { state.chain = AccessChain(after: last) }
        self.state = Mutex(state)
        guard let anchor, try !Self.holds(anchor, journal) else { return }
        let what = "it had gone on to entry \(anchor.number), and that is missing or another one"
        record(AccessEvent(AccessEvent.broken, .done, subject: what), by: .own)
    }

    private static func holds(_ anchor: AccessChain, _ journal: any AccessJournal) throws -> Bool {
        for file in 0..<journal.files {
            for line in try journal.lines(ofFile: file).reversed() {
                if let entry = entry(line), entry.number == anchor.number { return entry.hash == anchor.hash }
            }
        }
        return anchor.number == 0
    }

    private static func newest(in journal: any AccessJournal) throws -> AccessEntry? {
        for file in 0..<journal.files {
            for line in try journal.lines(ofFile: file).reversed() {
                if let entry = entry(line) { return entry }
            }
        }
        return nil
    }

    /// Numbers that a journal never reaches were not written by a node, and nobody is to count on from there.
    private static let numbers = 1..<(1 << 53)

    /// Nil for a line that cannot be read.
    static func entry(_ line: [UInt8]) -> AccessEntry? {
        do {
            let entry = try AccessEntry.lenient(JSONValue(parsing: line))
            return numbers.contains(entry.number) ? entry : nil
        } catch { return nil }
    }

    /// The newest entry.
    var end: AccessChain { state.withLock { $0.chain } }

    public func record(_ event: AccessEvent, by access: Access) {
        let now = now()
        let (event, access) = (Redaction.event(event), Redaction.access(access))
        let problem: (any Error)? = state.withLock { state in
            if event.outcome != .done {
                var bucket =
                    state.refusals
                    ?? TokenBucket(capacity: Self.burst, rate: Self.rate, at: now.milliseconds)
                let wait = bucket.take(at: now.milliseconds)
                state.refusals = bucket
                guard wait == nil else {
                    state.unwritten += 1
                    return nil
                }
            }
            return append(event, by: access, at: now, to: &state)
        }
        if let problem { logger.error("access is not recorded: \(problem)") }
    }

    /// The error, the first time that it comes.
    private func append(
        _ event: AccessEvent, by access: Access, at time: Timestamp, to state: inout State
    ) -> (any Error)? {
        var chain = state.chain
        let entry = chain.extend(
            event, by: access, at: time, unwritten: state.unwritten > 0 ? state.unwritten : nil)
        do {
            try journal.append(entry.json.bytes)
            (state.chain, state.unwritten, state.isBroken) = (chain, 0, false)
            return nil
        } catch {
            defer { state.isBroken = true }
            return state.isBroken ? nil : error
        }
    }
}
