import HiveCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Small files that are whole and on disk, or unchanged.
public enum DurableFile {
    /// Writes beside the file, fsyncs, renames over it, fsyncs the directory. Mode 0600.
    public static func write(_ bytes: [UInt8], to path: String) throws { try write(to: path) { _ in bytes } }

    /// The same for content that depends on the identity (the inode number) that the file will have.
    static func write(to path: String, _ content: (_ identity: UInt64) -> [UInt8]) throws {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError.ofSystem("open", temporary) }
        do {
            try fill(descriptor, with: content(try identity(of: descriptor, temporary)), temporary)
        } catch {
            close(descriptor)
            throw error
        }
        close(descriptor)
        try replace(path, with: temporary)
    }

    /// Puts a file that is on disk in the place of another, durably.
    static func replace(_ path: String, with temporary: String) throws {
        guard rename(temporary, path) == 0 else { throw StoreError.ofSystem("rename", temporary) }
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        try sync(parent.isEmpty ? "/" : parent)
    }

    /// Makes what was written to a file or a directory durable.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError.ofSystem("open", path) }
        defer { close(descriptor) }
        guard synchronise(descriptor) else { throw StoreError.ofSystem("sync", path) }
    }

    /// What a file holds with the identity that it has; nil where there is none.
    static func read(_ path: String, limit: Int) throws -> (bytes: [UInt8], identity: UInt64)? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw StoreError.ofSystem("open", path) }
            return nil
        }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = pread(descriptor, &buffer, limit, 0)
        guard count >= 0 else { throw StoreError.ofSystem("read", path) }
        return (Array(buffer.prefix(count)), try identity(of: descriptor, path))
    }

    static func remove(_ path: String) throws {
        guard unlink(path) == 0 else { throw StoreError.ofSystem("remove", path) }
    }

    /// How many bytes a file has; nil where there is none.
    static func size(_ path: String) throws -> Int? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw StoreError.ofSystem("inspect", path) }
            return nil
        }
        return Int(status.st_size)
    }

    private static func fill(_ descriptor: Int32, with bytes: [UInt8], _ path: String) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress, $0.count, off_t(written))
            }
            guard count > 0 else { throw StoreError.ofSystem("write", path) }
            written += count
        }
        guard synchronise(descriptor) else { throw StoreError.ofSystem("sync", path) }
    }

    private static func synchronise(_ descriptor: Int32) -> Bool {
        #if canImport(Darwin)
            fcntl(descriptor, F_FULLFSYNC) == 0 || fsync(descriptor) == 0
        #else
            fsync(descriptor) == 0
        #endif
    }

    private static func identity(of descriptor: Int32, _ path: String) throws -> UInt64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw StoreError.ofSystem("inspect", path) }
        return UInt64(status.st_ino)
    }
}
