public import HiveCore
import Synchronization

/// The store in memory: the same promises but for surviving the process. A transaction works on a copy of the whole
/// state, so that what throws leaves nothing behind.
public final class InMemoryStore: Store {
    private let state = Mutex(InMemoryState())
    /// Held by the one writer; readers never wait for it.
    private let turn = Mutex(())

    public init() {}

    /// Another store with the same content, as when a disk is copied.
    public init(copying other: InMemoryStore) {
        let content = other.state.withLock { $0 }
        state.withLock { $0 = content }
    }

    public func read<Result>(_ work: (any StoreTransaction) throws -> Result) throws -> Result {
        try work(InMemoryTransaction(state.withLock { $0 }, isReadOnly: true))
    }

    public func write<Result>(_ work: (any StoreTransaction) throws -> Result) throws -> Result {
        var outcome: Swift.Result<Result, any Error>?
        turn.withLock { _ in outcome = Swift.Result { try perform(work) } }
        guard let outcome else { throw StoreError(.failed, "a write ended without an outcome") }
        return try outcome.get()
    }

    private func perform<Result>(_ work: (any StoreTransaction) throws -> Result) throws -> Result {
        let transaction = InMemoryTransaction(state.withLock { $0 }, isReadOnly: false)
        let result = try work(transaction)
        state.withLock { $0 = transaction.state }
        return result
    }
}

/// Everything that a store holds.
struct InMemoryState: Sendable {
    var rows: [LogID: LogRow] = [:]
    var operations: [LogID: [Operation]] = [:]
    var checkpoints: [LogID: [Checkpoint]] = [:]
    var documents: [DocumentAddress: DocumentState] = [:]
    var waiting: [Dot: Dot] = [:]
    var entries: [DocumentAddress: IndexEntry] = [:]
    var local: [String: [[UInt8]: [UInt8]]] = [:]
}

/// One transaction with its facets, which all look at the same state.
final class InMemoryTransaction: StoreTransaction {
    var state: InMemoryState
    private let isReadOnly: Bool

    init(_ state: InMemoryState, isReadOnly: Bool) {
        self.state = state
        self.isReadOnly = isReadOnly
    }

    var logs: any LogStore { InMemoryLogStore(transaction: self) }
    var documents: any DocumentStore { InMemoryDocumentStore(transaction: self) }
    var index: any SearchIndex { InMemorySearchIndex(transaction: self) }
    var local: any LocalStore { InMemoryLocalStore(transaction: self) }
    var census: any MemoryCensus { InMemoryCensus(transaction: self) }

    func savepoint<Result>(_ work: () throws -> Result) throws -> Result {
        let before = state
        do { return try work() } catch {
            state = before
            throw error
        }
    }

    func mutate(_ change: (inout InMemoryState) -> Void) throws {
        guard !isReadOnly else { throw StoreError(.misuse, "a write was asked of a read", hint: "use write") }
        change(&state)
    }
}
