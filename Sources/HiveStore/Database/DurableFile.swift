import HiveCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Small files that are whole and on disk, or unchanged.
public enum DurableFile {
    /// Writes beside the file, fsyncs, renames over it, fsyncs the directory. Mode 0600.
    public static func write(_ bytes: [UInt8], to path: String) throws {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("open", temporary) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress, $0.count, off_t(written))
            }
            guard count > 0 else {
                close(descriptor)
                throw failure("write", temporary)
            }
            written += count
        }
        let synced = fsync(descriptor) == 0
        close(descriptor)
        guard synced else { throw failure("sync", temporary) }
        guard rename(temporary, path) == 0 else { throw failure("rename", temporary) }
        try syncDirectory(of: path)
    }

    private static func syncDirectory(of path: String) throws {
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(parent.isEmpty ? "/" : parent, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", parent) }
        let synced = fsync(descriptor) == 0
        close(descriptor)
        guard synced else { throw failure("sync", parent) }
    }

    private static func failure(_ step: String, _ path: String) -> StoreError {
        let code = errno
        let reason = String(cString: strerror(code))
        return StoreError(code == ENOSPC ? .full : .failed, "cannot \(step) `\(path)`: \(reason)")
    }
}
