import Foundation
import HiveNode

/// What this process takes, and what room its disk has.
enum ProcessUsage {
    /// In bytes: memory that is resident, the database with its WAL, the whole data directory's backups, what is free.
    static func bytes(directory: String) -> [String: UInt64] {
        var usage: [String: UInt64] = [:]
        usage["memory"] = resident
        usage["store"] = size("\(directory)/hive.db") + size("\(directory)/hive.db-wal")
        if let room = room(at: directory) { usage["disk_free"] = room.free }
        return usage
    }

    /// Nil where nobody can tell.
    static func room(at directory: String) -> DiskRoom? {
        var status = statvfs()
        guard statvfs(directory, &status) == 0 else { return nil }
        let block = UInt64(status.f_frsize)
        return DiskRoom(free: UInt64(status.f_bavail) * block, total: UInt64(status.f_blocks) * block)
    }

    private static func size(_ path: String) -> UInt64 {
        do {
            return try FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64 ?? 0
        } catch { return 0 /* a WAL is not always there */ }
    }

    /// What is in memory at present; the most so far where the system does not tell that.
    private static var resident: UInt64 {
        #if canImport(Darwin)
            var usage = rusage()
            getrusage(RUSAGE_SELF, &usage)
            return UInt64(clamping: usage.ru_maxrss)
        #else
            // The second number is in pages.
            guard let data = FileManager.default.contents(atPath: "/proc/self/statm") else { return 0 }
            let pages = String(decoding: data, as: UTF8.self).split(separator: " ").dropFirst().first
            return (pages.flatMap { UInt64($0) } ?? 0) * UInt64(sysconf(Int32(_SC_PAGESIZE)))
        #endif
    }
}
