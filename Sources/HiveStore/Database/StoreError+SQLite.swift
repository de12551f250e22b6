import GRDB
import HiveCore

extension StoreError {
    /// Names what SQLite reports in terms that a person can act on. Errors that are named already stay.
    init(_ error: any Error, path: String) {
        guard let error = error as? DatabaseError else {
            self = error as? StoreError ?? StoreError(.failed, "the database `\(path)` cannot be used: \(error)")
            return
        }
        let detail = error.message ?? "no detail"
        switch error.resultCode {
        case .SQLITE_FULL:
            self.init(
                .full, "the disk is full", hint: "free some space; reads go on, and writes will again by themselves")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(.corrupt, "the database `\(path)` is damaged: \(detail)", hint: SQLiteStore.recovery)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.busy, "the database `\(path)` is locked by another process", hint: "stop the other process")
        case .SQLITE_IOERR where Self.leavesOutcomeUnknown.contains(error.extendedResultCode):
            self.init(
                .unknownOutcome, "the disk failed while data was being made durable: \(detail)",
                hint: "check the disk, then start again; nothing acknowledged before is affected")
        case .SQLITE_CANTOPEN:
            self.init(
                .missing, "the database `\(path)` cannot be opened: \(detail)",
                hint: "check that the data directory exists and may be written")
        case .SQLITE_READONLY:
            self.init(.misuse, "a write was asked of a read", hint: "use write")
        default:
            self.init(.failed, "the database `\(path)` failed: \(detail)")
        }
    }

    private static let leavesOutcomeUnknown: [ResultCode] = [
        .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC, .SQLITE_IOERR_WRITE, .SQLITE_IOERR_TRUNCATE,
    ]
}
