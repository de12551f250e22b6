import Foundation
import GRDB
import HiveCore

/// One transaction on SQLite, with the keys of logs that it has looked up.
final class SQLiteTransaction: StoreTransaction {
    let database: Database
    var logKeys: [LogID: Int64] = [:]
    var logNames: [Int64: (id: LogID, names: LogNames)] = [:]

    /// Nil where the database is plain.
    let cipher: StoreCipher?
    /// What is to be done to an index in memory once all is committed.
    var indexChanges: [MemoryIndex.Change] = []
    let mayWrite: Bool

    private let memoryIndex: MemoryIndex?
    private let frequencies: WordFrequencies
    private let path: String

    init(
        _ database: Database, path: String, cipher: StoreCipher?, memoryIndex: MemoryIndex?,
        frequencies: WordFrequencies = WordFrequencies(), mayWrite: Bool
    ) {
        self.database = database
        self.path = path
        self.cipher = cipher
        self.memoryIndex = memoryIndex
        self.frequencies = frequencies
        self.mayWrite = mayWrite
    }

    var logs: any LogStore { SQLiteLogStore(transaction: self) }
    var documents: any DocumentStore { SQLiteDocumentStore(database: database, cipher: cipher) }
    var index: any HiveCore.SearchIndex {
        guard let memory = memoryIndex else {
            return SQLiteSearchIndex(database: database, frequencies: frequencies)
        }
        return PendingSearchIndex(transaction: self, memory: memory)
    }
    var local: any LocalStore {
        guard let cipher else { return SQLiteLocalStore(database: database) }
        return SealedLocalStore(database: database, cipher: cipher)
    }
    var census: any MemoryCensus {
        guard let memory = memoryIndex else { return SQLiteCensus(database: database) }
        return SealedCensus(transaction: self, memory: memory)
    }

    func savepoint<Result>(_ work: () throws -> Result) throws -> Result {
        let keys = logKeys
        let names = logNames
        let changes = indexChanges.count
        var outcome: Swift.Result<Result, any Error>?
        do {
            try database.inSavepoint {
                outcome = .success(try work())
                return .commit
            }
        } catch {
            logKeys = keys
            logNames = names
            indexChanges.removeSubrange(changes...)
            throw (error as? DatabaseError).map { StoreError($0, path: path) } ?? error
        }
        guard let outcome else { throw StoreError(.failed, "a savepoint ended without an outcome") }
        return try outcome.get()
    }
}

extension Database {
    /// Runs a cached statement with positional arguments.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Rows of a cached statement, handed to a closure one by one.
    func each(_ sql: String, _ arguments: StatementArguments, _ body: (Row) throws -> Void) throws {
        try read(sql, arguments) { row in
            try body(row)
            return true
        }
    }

    /// The rows of a cached statement, for as long as the answer is true.
    func read(_ sql: String, _ arguments: StatementArguments, while body: (Row) throws -> Bool) throws {
        let rows = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        while let row = try rows.next(), try body(row) {}
    }

    /// The first row of a cached statement.
    func first<Value>(_ sql: String, _ arguments: StatementArguments, _ body: (Row) throws -> Value) throws -> Value? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments).map(body)
    }
}

extension Digest {
    var data: Data { Data(bytes) }
}

extension DocumentKind {
    /// SQLite's integers have a sign, kinds have none.
    var column: Int64 { Int64(bitPattern: rawValue) }
}

extension Row {
    /// The bytes of a column that always has some.
    func bytes(_ index: Int) throws -> [UInt8] {
        guard let bytes = try optionalBytes(index) else {
            throw StoreError(.corrupt, "a stored value is missing", hint: SQLiteStore.recovery)
        }
        return bytes
    }

    func optionalBytes(_ index: Int) throws -> [UInt8]? {
        try withUnsafeData(atIndex: index) { $0.map([UInt8].init) }
    }

    /// What stored bytes stand for. Bytes that this store wrote and cannot read again are damage.
    func decode<Value>(_ index: Int, as what: String, _ decode: ([UInt8]) throws(CBORError) -> Value) throws -> Value {
        try bytes(index).decoded(as: what, decode)
    }
}

extension [UInt8] {
    /// The same for bytes that were opened first.
    func decoded<Value>(as what: String, _ decode: ([UInt8]) throws(CBORError) -> Value) throws -> Value {
        do { return try decode(self) } catch {
            throw StoreError(.corrupt, "\(what) cannot be read: \(error.message)", hint: SQLiteStore.recovery)
        }
    }
}
