import Foundation
import GRDB
import HiveCore

/// Logs in SQLite: a row for each log, a row for each operation under the log's short key.
struct SQLiteLogStore: LogStore {
    let transaction: SQLiteTransaction
    private var database: Database { transaction.database }

    /// How many operations lie between kept checkpoints.
    private static let checkpointInterval: Int64 = 64

    func rows(_ selection: LogSelection) throws -> [LogRow] {
        let columns = "SELECT key, descriptor, size, peaks, names, last_stamp, checkpoint, frozen_at FROM logs"
        var rows: [LogRow] = []
        let take = { (row: Row) throws in rows.append(try decode(row)) }
        switch selection {
        case .all: try database.each("\(columns) ORDER BY id", [], take)
        case .scope(let scope):
            try database.each("\(columns) WHERE scope = ? ORDER BY id", [scope.digest.data], take)
        case .log(let log): try database.each("\(columns) WHERE id = ?", [log.digest.data], take)
        }
        return rows
    }

    func save(_ row: LogRow) throws {
        var descriptor = CBOREncoder()
        row.descriptor.encode(into: &descriptor)
        let checkpoint = row.checkpoint.map { checkpoint in
            var encoder = CBOREncoder()
            checkpoint.encode(into: &encoder)
            return Data(encoder.bytes)
        }
        let peaks = Data(row.frontier.peaks.flatMap(\.bytes))
        let names = Data(row.names.logs.flatMap(\.digest.bytes))
        try database.run(
            """
            INSERT INTO logs (id, scope, descriptor, size, peaks, names, last_stamp, checkpoint, kept_size, frozen_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
            ON CONFLICT (id) DO UPDATE SET size = excluded.size, peaks = excluded.peaks, names = excluded.names,
                last_stamp = excluded.last_stamp, checkpoint = excluded.checkpoint, frozen_at = excluded.frozen_at
            """,
            [
                row.id.digest.data, row.descriptor.scope.digest.data, Data(descriptor.bytes), Int64(row.size), peaks,
                names, Int64(bitPattern: row.lastStamp.value), checkpoint, row.frozenAt.map(Int64.init),
            ])
        let key = try self.key(of: row.id)
        transaction.logNames[key] = (row.id, row.names)
        if row.frozenAt != nil { try cut(key, at: Int64(row.size)) }
        if let checkpoint, let size = row.checkpoint?.size { try keep(checkpoint, size: Int64(size), log: key) }
    }

    /// Drops what lies behind the size of a log that evidence ended.
    private func cut(_ log: Int64, at size: Int64) throws {
        try database.run("DELETE FROM operations WHERE log = ? AND number > ?", [log, size])
        try database.run("DELETE FROM checkpoints WHERE log = ? AND size > ?", [log, size])
        try database.run("UPDATE logs SET kept_size = min(kept_size, ?) WHERE key = ?", [size, log])
    }

    /// Keeps a checkpoint for good where the last one kept lies far enough back.
    private func keep(_ checkpoint: Data, size: Int64, log: Int64) throws {
        let kept = try database.first("SELECT kept_size FROM logs WHERE key = ?", [log]) { $0[0] as Int64 } ?? 0
        guard size >= kept + Self.checkpointInterval else { return }
        try database.run(
            "INSERT OR REPLACE INTO checkpoints (log, size, checkpoint) VALUES (?, ?, ?)", [log, size, checkpoint])
        try database.run("UPDATE logs SET kept_size = ? WHERE key = ?", [size, log])
    }

    func append(_ operations: [HiveCore.Operation]) throws {
        guard let first = operations.first else { return }
        let key = try self.key(of: first.dot.log)
        var head =
            try database.first("SELECT max(number) FROM operations WHERE log = ?", [key]) {
                $0[0] as Int64?
            }.flatMap(\.self) ?? 0
        for operation in operations {
            guard operation.dot.log == first.dot.log, Int64(operation.dot.number) == head + 1 else {
                throw StoreError(.misuse, "operation \(operation.dot) does not continue its log, which ends at \(head)")
            }
            head += 1
            let columns = try OperationColumns(
                header: operation.headerBytes, salt: operation.body?.salt, body: operation.body?.bytes
            ).sealed(by: transaction.cipher, log: first.dot.log, number: head)
            try database.run(
                "INSERT INTO operations (log, number, document, header, salt, body) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    key, head, Data(operation.header.document.bytes), Data(columns.header),
                    columns.salt.map { Data($0) }, columns.body.map { Data($0) },
                ])
        }
    }

    func operations(_ query: OperationQuery) throws -> [HiveCore.Operation] {
        var found: [HiveCore.Operation] = []
        switch query {
        case .range(let log, let first, let last):
            guard let key = try findKey(of: log), first <= last else { return [] }
            try database.each(
                """
                SELECT log, header, salt, body, number FROM operations WHERE log = ? AND number BETWEEN ? AND ?
                ORDER BY number
                """, [key, Int64(clamping: first), Int64(clamping: last)]
            ) { found.append(try operation($0)) }
        case .document(let address):
            try database.each(
                """
                SELECT o.log, o.header, o.salt, o.body, o.number FROM operations o JOIN logs l ON l.key = o.log
                WHERE o.document = ? AND l.scope = ? ORDER BY l.id, o.number
                """, [Data(address.document.bytes), address.scope.digest.data]
            ) { found.append(try operation($0)) }
        }
        return found
    }

    func checkpoint(of log: LogID, atLeast size: UInt64) throws -> Checkpoint? {
        guard let key = try findKey(of: log) else { return nil }
        let kept = try database.first(
            "SELECT checkpoint FROM checkpoints WHERE log = ? AND size >= ? ORDER BY size LIMIT 1",
            [key, Int64(clamping: size)]
        ) { try Self.checkpoint($0, 0) }
        if let kept { return kept }
        guard let newest = try row(log)?.checkpoint, newest.size >= size else { return nil }
        return newest
    }

    func dropBodies(of address: DocumentAddress) throws {
        try database.run(
            """
            UPDATE operations SET salt = NULL, body = NULL
            WHERE document = ? AND log IN (SELECT key FROM logs WHERE scope = ?)
            """, [Data(address.document.bytes), address.scope.digest.data])
    }

    func dropBodies(of dots: some Collection<Dot>) throws {
        for dot in dots {
            guard let key = try findKey(of: dot.log) else { continue }
            try database.run(
                "UPDATE operations SET salt = NULL, body = NULL WHERE log = ? AND number = ?",
                [key, Int64(clamping: dot.number)])
        }
    }

    private func decode(_ row: Row) throws -> LogRow {
        let descriptor = try row.decode(1, as: "the descriptor of a log") { bytes throws(CBORError) in
            var decoder = CBORDecoder(bytes)
            return try LogDescriptor(from: &decoder)
        }
        var log = LogRow(descriptor: descriptor)
        let peaks = Self.digests(try row.bytes(3))
        guard let frontier = MerkleFrontier(size: UInt64(row[2] as Int64), peaks: peaks) else {
            throw StoreError(
                .corrupt, "log \(log.id.short) has peaks that do not fit its size", hint: SQLiteStore.recovery)
        }
        log.frontier = frontier
        log.names = LogNames(Self.digests(try row.bytes(4)).map(LogID.init))
        log.lastStamp = Stamp(value: UInt64(bitPattern: row[5]))
        log.checkpoint = row.hasNull(atIndex: 6) ? nil : try Self.checkpoint(row, 6)
        log.frozenAt = (row[7] as Int64?).map(UInt64.init)
        let key: Int64 = row[0]
        transaction.logKeys[log.id] = key
        transaction.logNames[key] = (log.id, log.names)
        return log
    }

    private func operation(_ row: Row) throws -> HiveCore.Operation {
        let (log, names) = try names(of: row[0])
        let columns = try OperationColumns(
            header: try row.bytes(1), salt: try row.optionalBytes(2), body: try row.optionalBytes(3)
        ).opened(by: transaction.cipher, log: log, number: row[4])
        let header = try columns.header.decoded(as: "a stored operation of log \(log.short)") {
            bytes throws(CBORError) in try OperationHeader(stored: bytes, of: log, names: names)
        }
        var body: SaltedBody?
        if let salt = columns.salt, let content = columns.body { body = SaltedBody(salt: salt, bytes: content) }
        return HiveCore.Operation(header: header, headerBytes: columns.header, body: body)
    }

    private func names(of key: Int64) throws -> (id: LogID, names: LogNames) {
        if let known = transaction.logNames[key] { return known }
        let found = try database.first("SELECT id, names FROM logs WHERE key = ?", [key]) { row in
            (Digest(bytes: try row.bytes(0)), LogNames(Self.digests(try row.bytes(1)).map(LogID.init)))
        }
        guard let found, let id = found.0 else {
            throw StoreError(.corrupt, "an operation belongs to no log", hint: SQLiteStore.recovery)
        }
        transaction.logNames[key] = (LogID(id), found.1)
        return (LogID(id), found.1)
    }

    private func findKey(of log: LogID) throws -> Int64? {
        if let key = transaction.logKeys[log] { return key }
        let key = try database.first("SELECT key FROM logs WHERE id = ?", [log.digest.data]) { $0[0] as Int64 }
        if let key { transaction.logKeys[log] = key }
        return key
    }

    private func key(of log: LogID) throws -> Int64 {
        guard let key = try findKey(of: log) else {
            throw StoreError(.misuse, "log \(log.short) has no row yet")
        }
        return key
    }

    private static func checkpoint(_ row: Row, _ index: Int) throws -> Checkpoint {
        try row.decode(index, as: "a stored checkpoint") { bytes throws(CBORError) in
            var decoder = CBORDecoder(bytes)
            return try Checkpoint(from: &decoder)
        }
    }

    private static func digests(_ bytes: [UInt8]) -> [Digest] {
        stride(from: 0, to: bytes.count, by: Digest.length).compactMap {
            Digest(bytes: bytes[$0..<min($0 + Digest.length, bytes.count)])
        }
    }
}
