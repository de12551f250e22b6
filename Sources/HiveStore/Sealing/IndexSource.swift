import GRDB
import HiveCore

/// Reads from merged documents what a search index is to hold of them, one after the other.
struct IndexSource {
    let database: Database
    let cipher: StoreCipher?

    func each(_ body: (IndexEntry) throws -> Void) throws {
        let transaction = SQLiteTransaction(database, path: "", cipher: cipher, memoryIndex: nil, mayWrite: false)
        try SQLiteDocumentStore(database: database, cipher: cipher).each { state in
            if let entry = try transaction.indexEntry(of: state) { try body(entry) }
        }
    }
}
