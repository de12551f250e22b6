import Foundation
import GRDB
import HiveCore

/// Walks over every row that holds sealed values and brings it from one cipher to another; nil stands for plain values.
struct SealedRows {
    let source: StoreCipher?
    let target: StoreCipher?

    /// How far a walk has come. Rows that are written behind it are sealed with the target's key already.
    struct Cursor {
        fileprivate var stage = Stage.operations
        fileprivate var after: [DatabaseValue] = []
        var isAtEnd: Bool { stage == .end }
        /// Rows looked at.
        private(set) var count = 0

        fileprivate mutating func pass(_ rows: [[DatabaseValue]], limit: Int) {
            count += rows.count
            if rows.count < limit, let next = Stage(rawValue: stage.rawValue + 1) {
                (stage, after) = (next, [])
            } else if let last = rows.last {
                after = last
            }
        }
    }

    fileprivate enum Stage: Int {
        case operations, documents, local, end
    }

    /// How many rows a walk will look at.
    static func count(in database: Database) throws -> Int {
        try database.first(
            """
            SELECT (SELECT count(*) FROM operations) + (SELECT count(*) FROM documents) + (SELECT count(*) FROM local)
            """, []
        ) { $0[0] } ?? 0
    }

    /// All rows, in the transaction that is open.
    func convertAll(in database: Database) throws {
        var cursor = Cursor()
        while !cursor.isAtEnd { try convert(&cursor, limit: 500, in: database) }
    }

    /// The next rows, at most `limit`; fewer of those that may be large.
    func convert(_ cursor: inout Cursor, limit: Int, in database: Database) throws {
        let limit = cursor.stage == .local ? max(1, limit / 8) : limit
        let rows: [[DatabaseValue]] =
            switch cursor.stage {
            case .operations: try operations(cursor.after, limit, database)
            case .documents: try documents(cursor.after, limit, database)
            case .local: try local(cursor.after, limit, database)
            case .end: []
            }
        cursor.pass(rows, limit: limit)
    }

    // MARK: Values

    /// Whether a value is as it shall be already.
    private func isDone(_ value: [UInt8]) -> Bool {
        guard let source, let target, source === target else { return false }
        return target.isCurrent(value)
    }

    private func convert(_ value: [UInt8], at place: SealedPlace) throws -> [UInt8] {
        let plain = try source?.open(value, at: place) ?? value
        return try target?.seal(plain, at: place) ?? plain
    }

    // MARK: Operations

    private func operations(
        _ after: [DatabaseValue], _ limit: Int, _ database: Database
    ) throws -> [[DatabaseValue]] {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT o.log, o.number, l.id, o.header, o.salt, o.body FROM operations o JOIN logs l ON l.key = o.log
                    WHERE (o.log, o.number) > (?, ?) ORDER BY o.log, o.number LIMIT ?
                    """),
            arguments: StatementArguments(after.isEmpty ? [Int64.min.databaseValue, 0.databaseValue] : after)
                + [limit])
        for row in rows {
            guard let log = Digest(bytes: try row.bytes(2)).map(LogID.init) else {
                throw StoreError(.corrupt, "an operation belongs to no log", hint: SQLiteStore.recovery)
            }
            let number: Int64 = row[1]
            let header = try row.bytes(3)
            guard !isDone(header) else { continue }
            let columns = OperationColumns(
                header: header, salt: try row.optionalBytes(4), body: try row.optionalBytes(5))
            let plain = try columns.opened(by: source, log: log, number: number)
            let sealed = try plain.sealed(by: target, log: log, number: number)
            try database.run(
                "UPDATE operations SET header = ?, salt = ?, body = ? WHERE log = ? AND number = ?",
                [
                    Data(sealed.header), sealed.salt.map { Data($0) }, sealed.body.map { Data($0) }, row[0] as Int64,
                    number,
                ])
        }
        return rows.map { [$0[0], $0[1]] }
    }

    // MARK: Documents

    private func documents(
        _ after: [DatabaseValue], _ limit: Int, _ database: Database
    ) throws -> [[DatabaseValue]] {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT scope, document, state FROM documents WHERE (scope, document) > (?, ?)
                    ORDER BY scope, document LIMIT ?
                    """),
            arguments: StatementArguments(after.isEmpty ? [Data().databaseValue, Data().databaseValue] : after)
                + [limit])
        for row in rows {
            let state = try row.bytes(2)
            guard !isDone(state) else { continue }
            let place = SealedPlace.document(try SQLiteDocumentStore.address(row))
            try database.run(
                "UPDATE documents SET state = ? WHERE scope = ? AND document = ?",
                [Data(try convert(state, at: place)), row[0] as Data, row[1] as Data])
        }
        return rows.map { [$0[0], $0[1]] }
    }

    // MARK: Local values

    /// Rows move as their names change, and may be met again: those are as they shall be then.
    private func local(_ after: [DatabaseValue], _ limit: Int, _ database: Database) throws -> [[DatabaseValue]] {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT namespace, key, name, value FROM local WHERE (namespace, key) > (?, ?)
                    ORDER BY namespace, key LIMIT ?
                    """),
            arguments: StatementArguments(after.isEmpty ? ["".databaseValue, Data().databaseValue] : after) + [limit])
        for row in rows {
            let columns = LocalColumns(
                key: try row.bytes(1), name: try row.optionalBytes(2), value: try row.bytes(3))
            let isDone = source === target ? isDone(columns.value) : (columns.name == nil) == (target == nil)
            guard !isDone else { continue }
            let namespace: String = row[0]
            let plain = try columns.opened(by: source, in: namespace)
            let sealed = try plain.sealed(by: target, in: namespace)
            try database.run(
                "UPDATE local SET key = ?, name = ?, value = ? WHERE namespace = ? AND key = ?",
                [
                    Data(sealed.key), sealed.name.map { Data($0) }, Data(sealed.value), namespace,
                    Data(columns.key),
                ])
        }
        return rows.map { [$0[0], $0[1]] }
    }
}
