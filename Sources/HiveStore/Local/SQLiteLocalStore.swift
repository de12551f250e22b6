import Foundation
import GRDB
import HiveCore

/// This node's own business in SQLite.
struct SQLiteLocalStore: LocalStore {
    let database: Database

    func value(_ key: [UInt8], in namespace: String) throws -> [UInt8]? {
        try database.first("SELECT value FROM local WHERE namespace = ? AND key = ?", [namespace, Data(key)]) {
            try $0.bytes(0)
        }
    }

    func set(_ value: [UInt8]?, for key: [UInt8], in namespace: String) throws {
        guard let value else {
            return try database.run("DELETE FROM local WHERE namespace = ? AND key = ?", [namespace, Data(key)])
        }
        try database.run(
            "INSERT OR REPLACE INTO local (namespace, key, value) VALUES (?, ?, ?)",
            [namespace, Data(key), Data(value)])
    }

    func values(in namespace: String, after key: [UInt8]?, limit: Int) throws -> [(key: [UInt8], value: [UInt8])] {
        var pairs: [(key: [UInt8], value: [UInt8])] = []
        let condition = key == nil ? "?2 IS NULL" : "key > ?2"
        try database.each(
            "SELECT key, value FROM local WHERE namespace = ?1 AND \(condition) ORDER BY key LIMIT ?3",
            [namespace, key.map { Data($0) }, Int64(clamping: limit)]
        ) { pairs.append((key: try $0.bytes(0), value: try $0.bytes(1))) }
        return pairs
    }

    func count(in namespace: String) throws -> Int {
        try database.first("SELECT count(*) FROM local WHERE namespace = ?", [namespace]) { $0[0] as Int } ?? 0
    }
}
