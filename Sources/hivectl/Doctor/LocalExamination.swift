import Foundation
import HiveAPI

/// What can be seen of a node from its files, whether or not it runs.
struct LocalExamination {
    /// What must be free where the node writes.
    private static let room: UInt64 = 1 << 30

    let directory: String
    private let files = FileManager.default

    func checks() -> [HealthCheck] {
        guard files.fileExists(atPath: directory) else {
            return [
                .warning(
                    "directory", "there is no data directory at `\(directory)`",
                    advice: "start `hived --data \(directory)`, or say where it is with --data or HIVE_DATA")
            ]
        }
        return [directoryCheck, identityCheck, tokenCheck, databaseCheck, diskCheck, clockCheck]
    }

    // MARK: Files

    private var directoryCheck: HealthCheck {
        guard files.isWritableFile(atPath: directory), files.isReadableFile(atPath: directory) else {
            return .failing(
                "directory", "`\(directory)` cannot be read and written",
                advice: "run as the user that owns it, or mend its permissions")
        }
        if let mode = mode(directory), mode & 0o077 != 0 {
            return .warning(
                "directory", "others may look into `\(directory)`", advice: "chmod 700 \(directory)")
        }
        return .ok("directory", "`\(directory)` is its owner's alone")
    }

    private var identityCheck: HealthCheck {
        let path = directory + "/identity.key"
        guard files.fileExists(atPath: path) else {
            guard files.fileExists(atPath: directory + "/hive.db") else {
                return .ok("identity", "the first start will make an identity")
            }
            return .failing(
                "identity", "the database is there and `\(path)` is not",
                advice: "put the key back from a copy, or move the directory away and join the hive anew")
        }
        return secrecy("identity", of: [path], "the key of the node is its owner's alone")
    }

    private var tokenCheck: HealthCheck {
        let paths = ["agent.token", "operator.token"].map { "\(directory)/\($0)" }
        let missing = paths.filter { !files.fileExists(atPath: $0) }
        guard missing.count < paths.count else { return .ok("tokens", "the first start will make both tokens") }
        if let first = missing.first {
            return .warning("tokens", "`\(first)` is missing", advice: "restart the node: it makes a new one")
        }
        return secrecy("tokens", of: paths, "both tokens are their owner's alone")
    }

    private func secrecy(_ id: String, of paths: [String], _ message: String) -> HealthCheck {
        for path in paths {
            if let mode = mode(path), mode & 0o077 != 0 {
                return .failing(id, "others may read `\(path)`", advice: "chmod 600 \(path), and make a new one")
            }
            guard files.isReadableFile(atPath: path) else {
                return .failing(id, "`\(path)` cannot be read", advice: "run as the user that owns it")
            }
        }
        return .ok(id, message)
    }

    /// The permission bits.
    private func mode(_ path: String) -> UInt32? {
        var status = stat()
        return stat(path, &status) == 0 ? UInt32(status.st_mode) & 0o777 : nil
    }

    private var databaseCheck: HealthCheck {
        let path = directory + "/hive.db"
        guard let file = FileHandle(forReadingAtPath: path) else {
            return files.fileExists(atPath: path)
                ? .failing("database", "`\(path)` cannot be read", advice: "run as the user that owns it")
                : .ok("database", "the first start will make a database")
        }
        let head = file.readData(ofLength: 16)
        guard head == Data("SQLite format 3\u{0}".utf8) else {
            return .failing(
                "database", "`\(path)` is no SQLite database any more",
                advice: "restore a backup, or move it away and join again: peers bring everything back")
        }
        return .ok("database", "`\(path)` is an SQLite database")
    }

    // MARK: The machine

    private var diskCheck: HealthCheck {
        var status = statvfs()
        guard statvfs(directory, &status) == 0 else {
            return HealthCheck(id: "disk", state: .skipped, message: "the room on the disk cannot be told")
        }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        guard free < Self.room else { return .ok("disk", "\(free >> 20) MiB are free") }
        return .warning(
            "disk", "only \(free >> 20) MiB are free",
            advice: "free some space; once there is none, nothing is written any more")
    }

    /// A clock that was set back shows in files from the future.
    private var clockCheck: HealthCheck {
        let now = Date.now
        let newest = ["hive.db-wal", "hive.db", "guard"].compactMap { name -> Date? in
            var status = stat()
            guard stat("\(directory)/\(name)", &status) == 0 else { return nil }
            #if canImport(Darwin)
                return Date(timeIntervalSince1970: Double(status.st_mtimespec.tv_sec))
            #else
                return Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec))
            #endif
        }.max()
        if let newest, newest.timeIntervalSince(now) > 300 {
            return .warning(
                "clock", "the node wrote its files at a time that is still to come",
                advice: "the clock was set back; set it right, as with timedatectl set-ntp true")
        }
        guard now.timeIntervalSince1970 > 1_735_689_600 else {
            return .failing("clock", "the clock says \(now.ISO8601Format())", advice: "set the clock")
        }
        return .ok("clock", "the clock says \(now.ISO8601Format())")
    }
}
