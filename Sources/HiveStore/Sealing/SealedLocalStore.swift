import Foundation
import GRDB
import HiveCore

/// This node's own business in an encrypted database: keys and values are sealed, and found by names that nobody can
/// guess. Keys keep no order on disk: a listing opens the keys of its namespace.
struct SealedLocalStore: LocalStore {
    let database: Database
    let cipher: StoreCipher

    func value(_ key: [UInt8], in namespace: String) throws -> [UInt8]? {
        for lookup in cipher.names(of: key, in: namespace) {
            let sealed = try database.first(
                "SELECT value FROM local WHERE namespace = ? AND key = ?", [namespace, Data(lookup)]
            ) { try $0.bytes(0) }
            if let sealed { return try cipher.open(sealed, at: .localValue(namespace: namespace, key: key)) }
        }
        return nil
    }

    func set(_ value: [UInt8]?, for key: [UInt8], in namespace: String) throws {
        let lookups = cipher.names(of: key, in: namespace)
        for lookup in value == nil ? lookups[...] : lookups.dropFirst() {
            try database.run("DELETE FROM local WHERE namespace = ? AND key = ?", [namespace, Data(lookup)])
        }
        guard let value else { return }
        let columns = try LocalColumns(key: key, name: nil, value: value).sealed(by: cipher, in: namespace)
        try database.run(
            "INSERT OR REPLACE INTO local (namespace, key, name, value) VALUES (?, ?, ?, ?)",
            [namespace, Data(columns.key), columns.name.map { Data($0) }, Data(columns.value)])
    }

    func values(in namespace: String, after key: [UInt8]?, limit: Int) throws -> [(key: [UInt8], value: [UInt8])] {
        var keys: [[UInt8]] = []
        try database.each("SELECT key, name FROM local WHERE namespace = ?", [namespace]) { row in
            let found = try LocalColumns.key(
                lookup: try row.bytes(0), name: try row.optionalBytes(1), by: cipher, in: namespace)
            if key.map({ $0.lexicographicallyPrecedes(found) }) ?? true { keys.append(found) }
        }
        keys.sort { $0.lexicographicallyPrecedes($1) }
        return try keys.prefix(max(0, limit)).compactMap { key in
            try value(key, in: namespace).map { (key: key, value: $0) }
        }
    }

    func count(in namespace: String) throws -> Int { try SQLiteLocalStore(database: database).count(in: namespace) }
}
