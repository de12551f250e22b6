import Foundation
import GRDB
import HiveCore

/// What a database is to be like at rest.
public enum StoreProtection: Sendable {
    /// Readable by whoever reads the file. An encrypted database is refused.
    case plain
    /// Encrypted. A plain database becomes so when it is opened.
    case sealed(StoreCipher)
    /// Plain again: an encrypted database is decrypted when it is opened.
    case unsealing(StoreCipher)

    /// What values are sealed and opened with once the database is as it shall be.
    var cipher: StoreCipher? {
        if case .sealed(let cipher) = self { return cipher }
        return nil
    }

    var isPlain: Bool {
        if case .plain = self { return true }
        return false
    }

    /// Brings a database to what it is to be like: in one transaction, so that a crash leaves it as it was, and leaving
    /// no plain bytes behind in free pages or in the WAL.
    func enforce(on pool: DatabasePool) throws {
        let isSealed = try pool.read { !(try StoreCipher.storedKeys(in: $0)).isEmpty }
        switch self {
        case .plain: return
        case .sealed(let cipher):
            try isSealed ? Self.recognize(cipher, in: pool) : Self.seal(pool, with: cipher)
            try Self.scrubIfDue(pool)
            try pool.write { try cipher.chargeLot(in: $0) }
        case .unsealing(let cipher):
            guard isSealed else { return }
            try Self.recognize(cipher, in: pool)
            try Self.unseal(pool, with: cipher)
        }
    }

    /// Refuses an encrypted database before anything of it is touched.
    static func demandPlain(_ path: String) throws {
        guard try !StoreCipher.isSealed(path: path) else {
            throw StoreError(
                .sealed, "the database is encrypted, and nothing says where its key is",
                hint: "set `encryption` in hive.yaml; `encryption: {cipher: none, key: …}` decrypts it")
        }
    }

    /// Refuses a cipher that was opened for another database.
    private static func recognize(_ cipher: StoreCipher, in pool: DatabasePool) throws {
        let stored = try pool.read { try StoreCipher.storedKeys(in: $0) }
        let known = cipher.dataKeys.map { ($0.number, $0.wrapped) }
        guard stored.allSatisfy({ key in known.contains { $0 == key.number && $1 == key.wrapped } }) else {
            throw StoreError(.misuse, "the cipher is that of another database")
        }
    }

    private static func seal(_ pool: DatabasePool, with cipher: StoreCipher) throws {
        try pool.write { database in
            try SealedRows(source: nil, target: cipher).convertAll(in: database)
            try SQLiteSearchIndex(database: database).removeAll()
            try cipher.save(in: database)
            try database.execute(sql: "UPDATE data_keys SET plain_left = 1")
        }
    }

    private static func unseal(_ pool: DatabasePool, with cipher: StoreCipher) throws {
        try pool.write { database in
            try SealedRows(source: cipher, target: nil).convertAll(in: database)
            let index = SQLiteSearchIndex(database: database)
            try IndexSource(database: database, cipher: nil).each { try index.put($0) }
            try database.execute(sql: "DELETE FROM data_keys")
        }
    }

    /// Writes the database anew without its free pages. Whatever SQLite puts aside for this is sealed already.
    private static func scrubIfDue(_ pool: DatabasePool) throws {
        let isDue = try pool.read {
            try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM data_keys WHERE plain_left = 1)") ?? false
        }
        guard isDue else { return }
        try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA temp_store = FILE")
            try database.execute(sql: "VACUUM")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            _ = try database.checkpoint(.truncate)
            try database.execute(sql: "UPDATE data_keys SET plain_left = 0")
        }
    }
}
