import HiveCore
import Synchronization

/// Which messages there are: a projection in memory, brought up to the store whenever it is asked, so that nobody who
/// looks into an inbox reads more than what has changed.
final class MessageIndex: Sendable {
    /// A message without its text.
    struct Entry: Sendable, Hashable {
        let address: DocumentAddress
        let kind: Message.Kind
        let from: String?
        /// The node that sent it.
        let node: NodeID
        let recipients: [MessageTarget]
        let priority: MessagePriority
        let stamp: Stamp
        let expires: Timestamp?
        let inReplyTo: DocumentID?
        let thread: DocumentID
        /// Agents that have it, or have read it.
        let receipts: [Message.Receipt]

        var id: DocumentID { address.document }
        var sent: Timestamp { Timestamp(milliseconds: Int64(clamping: stamp.milliseconds)) }
        func isOver(at time: Timestamp) -> Bool { expires.map { $0 <= time } ?? false }
    }

    private let kernel: NodeKernel
    /// Documents that changed since the last time; nil where all are to be looked at.
    private let noted = Mutex<Set<DocumentAddress>?>(nil)
    private let contents = Mutex(Contents())
    private let waiters = Mutex(Waiters())

    private struct Contents: Sendable {
        var entries: [DocumentAddress: Entry] = [:]
        /// What came last, numbered; only so much is remembered.
        var news: [(number: Int, address: DocumentAddress)] = []
        var newest = 0
        /// News up to this number are forgotten, or may concern anybody.
        var forgotten = 0

        mutating func note(_ address: DocumentAddress) {
            newest += 1
            news.append((newest, address))
            guard news.count > 2048 else { return }
            news.removeFirst(1024)
            forgotten = max(forgotten, news[0].number - 1)
        }

        /// What is to come may be read in another way by everybody.
        mutating func forget() {
            newest += 1
            forgotten = newest
            news = []
        }
    }

    private struct Waiters {
        var continuations: [Int: AsyncStream<Void>.Continuation] = [:]
        var next = 0
    }

    init(kernel: NodeKernel) { self.kernel = kernel }

    /// Notes documents that changed, and wakes whoever waits.
    func note(_ addresses: Set<DocumentAddress>) {
        guard !addresses.isEmpty else { return }
        noted.withLock { $0?.formUnion(addresses) }
        for waiter in waiters.withLock({ Array($0.continuations.values) }) { waiter.yield() }
    }

    /// Looks at all of them the next time: who may write has changed.
    func noteAll() {
        noted.withLock { $0 = nil }
        for waiter in waiters.withLock({ Array($0.continuations.values) }) { waiter.yield() }
    }

    /// Says so whenever something may have changed, and once at the begin.
    func changes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = waiters.withLock { waiters in
            waiters.next += 1
            waiters.continuations[waiters.next] = continuation
            return waiters.next
        }
        continuation.onTermination = { [weak self] _ in
            self?.waiters.withLock { _ = $0.continuations.removeValue(forKey: number) }
        }
        continuation.yield()
        return stream
    }

    /// All messages, in no order. What has expired may be among them.
    func all() throws -> [Entry] { try look { Array($0.entries.values) } }

    /// The messages that came or changed since the last time; nil for the first time, and where anything may have.
    func news(since number: inout Int?) throws -> [Entry]? {
        let (found, newest) = try look { contents -> ([Entry]?, Int) in
            guard let number, number >= contents.forgotten else { return (nil, contents.newest) }
            let places = contents.news.filter { $0.number > number }.map(\.address)
            return (places.compactMap { contents.entries[$0] }, contents.newest)
        }
        number = newest
        return found
    }

    private func look<Result>(_ body: (Contents) -> Result) throws -> Result {
        try contents.withLock { contents in
            // What is noted from here on is in the store only after this, and looked at the next time.
            let changed = noted.withLock { noted in
                defer { noted = [] }
                return noted
            }
            do { try kernel.read { try Self.bringUp(&contents, changed, in: $0) } } catch {
                noted.withLock { noted in noted = changed.flatMap { noted?.union($0) } }
                throw error
            }
            return body(contents)
        }
    }

    private static func bringUp(
        _ contents: inout Contents, _ changed: Set<DocumentAddress>?, in transaction: any StoreTransaction
    ) throws {
        guard let changed else {
            contents.forget()
            contents.entries = [:]
            for state in try transaction.documents.list(.kind(.message, scope: nil)) {
                contents.entries[state.address] = try entry(state, in: transaction)
            }
            return
        }
        for address in changed {
            let state = try transaction.documents.state(address)
            // Whoever has another role now has other mail.
            if state?.kind == .agent { contents.forget() }
            contents.entries[address] = try state.flatMap { try entry($0, in: transaction) }
            if contents.entries[address] != nil { contents.note(address) }
        }
    }

    private static func entry(_ state: DocumentState, in transaction: any StoreTransaction) throws -> Entry? {
        guard let message = Message(state),
            let node = try transaction.logs.row(state.creation.dot.log)?.descriptor.author.nodeID
        else { return nil }
        return Entry(
            address: state.address, kind: message.kind, from: message.from, node: node,
            recipients: message.recipients, priority: message.priority, stamp: state.creation.stamp,
            expires: message.expires,
            inReplyTo: message.inReplyTo, thread: message.thread, receipts: message.receipts)
    }
}
