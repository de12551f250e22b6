import CHiveRank
import Foundation
import GRDB
import HiveCore

extension SQLiteSearchIndex {
    /// Teaches a connection the function that ranks: FTS5's own reads a row for each entry that it scores, which takes
    /// most of the time of a search among many.
    static func addRanking(to database: Database) throws {
        guard let connection = database.sqliteConnection else {
            throw StoreError(.failed, "a connection to the database has ended before its first use")
        }
        let code = hive_rank_register(UnsafeMutableRawPointer(connection))
        guard code == 0 else {
            throw StoreError(
                .failed, "SQLite does not take the ranking function (result code \(code))",
                hint: "use a build of SQLite 3.34 or later with FTS5")
        }
    }
}

extension WordTier {
    /// The weights as `hive_bm25` reads them.
    var weightBytes: Data { weights.withUnsafeBytes { Data($0) } }
}
