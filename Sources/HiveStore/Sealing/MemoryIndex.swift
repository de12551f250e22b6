import GRDB
import HiveCore
import Synchronization

/// The search index of an encrypted store: the tables that a plain store has in its file, in a database in memory.
///
/// Changes are kept in their transaction and made here once it is committed, before the next write begins. Readers
/// see what was committed; a search takes its turn on the one connection.
final class MemoryIndex: Sendable {
    private let queue: DatabaseQueue
    private let frequencies = WordFrequencies()
    /// Why the index no longer follows the store; nil while it does.
    private let failure = Mutex<StoreError?>(nil)

    /// One change of the index.
    enum Change {
        case put(IndexEntry)
        case remove(DocumentAddress)
        case removeAll

        fileprivate func make(in index: SQLiteSearchIndex) throws {
            switch self {
            case .put(let entry): try index.put(entry)
            case .remove(let address): try index.remove(address)
            case .removeAll: try index.removeAll()
            }
        }
    }

    /// Reads all that there is to find out of an encrypted database.
    convenience init(of pool: DatabasePool, sealedBy cipher: StoreCipher) throws {
        try self.init()
        try pool.read { source in
            try queue.write { database in
                let index = SQLiteSearchIndex(database: database)
                try IndexSource(database: source, cipher: cipher).each { try index.put($0) }
            }
        }
    }

    private init() throws {
        var configuration = Configuration()
        configuration.label = "hive.index"
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            try SQLiteSearchIndex.addRanking(to: database)
        }
        queue = try DatabaseQueue(configuration: configuration)
        try Schema.migrate(queue)
    }

    /// Makes changes that were committed. A failure, as without memory, does not undo the commit: it is told to every
    /// search from then on.
    func make(_ changes: [Change]) {
        guard !changes.isEmpty else { return }
        do {
            try queue.write { database in
                let index = SQLiteSearchIndex(database: database)
                for change in changes { try change.make(in: index) }
            }
        } catch {
            failure.withLock {
                $0 = StoreError(
                    .failed, "the search index in memory failed: \(error)", hint: "start the node again to rebuild it")
            }
        }
    }

    /// Asks the index as it is, or as it would be after changes that are not committed yet.
    func ask<Answer>(after changes: [Change], _ question: (SQLiteSearchIndex) throws -> Answer) throws -> Answer {
        if let failure = failure.withLock({ $0 }) { throw failure }
        return try queue.inDatabase { database in
            let index = SQLiteSearchIndex(database: database, frequencies: frequencies)
            guard !changes.isEmpty else { return try question(index) }
            var answer: Answer?
            try database.inTransaction {
                for change in changes { try change.make(in: index) }
                answer = try question(index)
                return .rollback
            }
            guard let answer else { throw StoreError(.failed, "a search ended without an answer") }
            return answer
        }
    }

    func problems() throws -> [String] { try queue.inDatabase { try SQLiteStore.indexProblems(in: $0) } }
}

/// The index as one transaction of an encrypted store sees it.
struct PendingSearchIndex: HiveCore.SearchIndex {
    let transaction: SQLiteTransaction
    let memory: MemoryIndex

    func put(_ entry: IndexEntry) throws { try note(.put(entry)) }
    func remove(_ address: DocumentAddress) throws { try note(.remove(address)) }
    func removeAll() throws { try note(.removeAll) }

    /// Writes that wait together each ask for something, mostly a memory of the same words: where none of what is not
    /// committed yet can be the answer, the index is asked as it is, instead of being changed and changed back each time.
    func search(_ query: SearchQuery) throws -> [SearchHit] {
        guard query.text == nil, let touched = transaction.touched(besides: query) else {
            return try ask { try $0.search(query) }
        }
        var wider = query
        wider.offset = 0
        wider.limit = query.limit.saturatingAdd(query.offset).saturatingAdd(touched.count)
        let hits = try memory.ask(after: []) { try $0.search(wider) }.filter { !touched.contains($0.address) }
        return Array(hits.dropFirst(max(0, query.offset)).prefix(max(0, query.limit)))
    }

    func ceiling(for text: String) throws -> Double { try ask { try $0.ceiling(for: text) } }
    func count() throws -> Int { try ask { try $0.count() } }

    private func note(_ change: MemoryIndex.Change) throws {
        guard transaction.mayWrite else {
            throw StoreError(.misuse, "a write was asked of a read", hint: "use write")
        }
        transaction.indexChanges.append(change)
    }

    private func ask<Answer>(_ question: (SQLiteSearchIndex) throws -> Answer) throws -> Answer {
        try memory.ask(after: transaction.indexChanges, question)
    }
}

extension SQLiteTransaction {
    /// The documents whose entries this transaction changes; nil where one of them may answer a query.
    fileprivate func touched(besides query: SearchQuery) -> Set<DocumentAddress>? {
        var touched: Set<DocumentAddress> = []
        for change in indexChanges {
            switch change {
            case .put(let entry):
                guard !query.admits(entry) else { return nil }
                touched.insert(entry.address)
            case .remove(let address): touched.insert(address)
            case .removeAll: return nil
            }
        }
        return touched
    }
}

extension Int {
    func saturatingAdd(_ other: Int) -> Int {
        let (sum, isTooMuch) = addingReportingOverflow(other)
        return isTooMuch ? .max : sum
    }
}
