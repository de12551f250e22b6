import Foundation
import GRDB
import HiveCore

/// Merged documents in SQLite, with the columns that lists are made by.
struct SQLiteDocumentStore: DocumentStore {
    let database: Database
    /// Nil where the database is plain.
    let cipher: StoreCipher?

    func state(_ address: DocumentAddress) throws -> DocumentState? {
        try database.first(
            "SELECT scope, document, state FROM documents WHERE scope = ? AND document = ?",
            [address.scope.digest.data, Data(address.document.bytes)]
        ) { try state($0) }
    }

    /// The columns `scope`, `document`, `state`.
    private func state(_ row: Row) throws -> DocumentState {
        var bytes = try row.bytes(2)
        if let cipher { bytes = try cipher.open(bytes, at: .document(try Self.address(row))) }
        return try bytes.decoded(as: "a stored document") { bytes throws(CBORError) in
            try DocumentState(decoding: bytes)
        }
    }

    /// The columns `scope`, `document`.
    static func address(_ row: Row) throws -> DocumentAddress {
        guard let scope = Digest(bytes: try row.bytes(0)), let document = DocumentID(bytes: try row.bytes(1)) else {
            throw StoreError(.corrupt, "a stored document has no address", hint: SQLiteStore.recovery)
        }
        return DocumentAddress(scope: ScopeID(scope), document: document)
    }

    func save(_ state: DocumentState) throws {
        let bytes = state.encoded()
        let sealed = try cipher?.seal(bytes, at: .document(state.address)) ?? bytes
        try database.run(
            """
            INSERT OR REPLACE INTO documents (scope, document, kind, contested, erasure_due, state)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                state.address.scope.digest.data, Data(state.address.document.bytes), state.kind.column,
                state.isContested, state.erasureDue, Data(sealed),
            ])
    }

    func remove(_ address: DocumentAddress) throws {
        try database.run(
            "DELETE FROM documents WHERE scope = ? AND document = ?",
            [address.scope.digest.data, Data(address.document.bytes)])
    }

    func list(_ selection: DocumentSelection) throws -> [DocumentState] {
        var states: [DocumentState] = []
        let (condition, arguments) = Self.condition(for: selection)
        let sql = "SELECT scope, document, state FROM documents WHERE \(condition) ORDER BY scope, document"
        try database.each(sql, arguments) { states.append(try self.state($0)) }
        return states
    }

    /// Every document, one after the other, none kept.
    func each(_ body: (DocumentState) throws -> Void) throws {
        try database.each("SELECT scope, document, state FROM documents", []) { try body(try state($0)) }
    }

    private static func condition(for selection: DocumentSelection) -> (String, StatementArguments) {
        switch selection {
        case .all: ("1", [])
        case .kind(let kind, let scope?): ("kind = ? AND scope = ?", [kind.column, scope.digest.data])
        case .kind(let kind, nil): ("kind = ?", [kind.column])
        case .contested: ("contested = 1", [])
        case .erasureDue(let time): ("erasure_due <= ?", [time])
        case .prefix(let digits): prefixCondition(digits)
        }
    }

    /// All identities that begin with these digits lie between the digits followed by zeros and followed by fs.
    private static func prefixCondition(_ digits: String) -> (String, StatementArguments) {
        let missing = 32 - digits.count
        guard missing >= 0, let low = Hex.decode(digits + String(repeating: "0", count: missing)),
            let high = Hex.decode(digits + String(repeating: "f", count: missing))
        else { return ("0", []) }
        return ("document BETWEEN ? AND ?", [Data(low), Data(high)])
    }

    func setWaiting(_ dot: Dot, for awaited: Dot?) throws {
        guard let awaited else {
            return try database.run(
                "DELETE FROM waiting WHERE log = ? AND number = ?", [dot.log.digest.data, Int64(clamping: dot.number)])
        }
        try database.run(
            "INSERT OR REPLACE INTO waiting (log, number, awaited_log, awaited_number) VALUES (?, ?, ?, ?)",
            [
                dot.log.digest.data, Int64(clamping: dot.number), awaited.log.digest.data,
                Int64(clamping: awaited.number),
            ])
    }

    func waiting(for log: LogID?, through number: UInt64) throws -> [Dot] {
        var dots: [Dot] = []
        let take = { (row: Row) throws in
            guard let log = Digest(bytes: try row.bytes(0)) else {
                throw StoreError(.corrupt, "an operation that waits has no log", hint: SQLiteStore.recovery)
            }
            dots.append(Dot(log: LogID(log), number: UInt64(row[1] as Int64)))
        }
        if let log {
            try database.each(
                "SELECT log, number FROM waiting WHERE awaited_log = ? AND awaited_number <= ? ORDER BY log, number",
                [log.digest.data, Int64(clamping: number)], take)
        } else {
            try database.each("SELECT log, number FROM waiting ORDER BY log, number", [], take)
        }
        return dots
    }
}
