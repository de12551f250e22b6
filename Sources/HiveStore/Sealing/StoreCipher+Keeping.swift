import Foundation
import GRDB
import HiveCore

/// The data keys as rows of the database that they seal.
extension StoreCipher {
    /// Writes all keys, wrapped, in the place of those that were there.
    func save(in database: Database) throws { try Self.save(dataKeys, in: database) }

    static func save(_ keys: [DataKey], in database: Database) throws {
        let counts = try database.keySeals()
        try database.run("DELETE FROM data_keys", [])
        for key in keys {
            try database.run(
                "INSERT INTO data_keys (number, wrapping_key, wrapped, seals, plain_left) VALUES (?, ?, ?, ?, 0)",
                [Int64(key.number), key.wrapped.keyID, Data(key.wrapped.bytes), counts[key.number] ?? 0])
        }
    }

    /// Charges the first lot of an opening, or of a new key.
    func chargeLot(in database: Database) throws { try charge(Self.sealsPerLot, in: database) }

    /// Charges what was sealed beyond the lots that are charged.
    func chargeSeals(in database: Database) throws {
        let lots = takeUnchargedLots()
        if lots > 0 { try charge(lots, in: database) }
    }

    private func charge(_ seals: Int64, in database: Database) throws {
        try database.run("UPDATE data_keys SET seals = seals + ? WHERE number = ?", [seals, Int64(current.number)])
    }
}

extension Database {
    /// At most how many values each data key has sealed.
    func keySeals() throws -> [UInt32: Int64] {
        var counts: [UInt32: Int64] = [:]
        try each("SELECT number, seals FROM data_keys", []) {
            counts[UInt32(truncatingIfNeeded: $0[0] as Int64)] = $0[1]
        }
        return counts
    }
}
