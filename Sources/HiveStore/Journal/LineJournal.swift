import HiveCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of lines that only grows, until it is put aside and another begins. For what one would like to look at later and
/// can do without: lines are not fsynced.
public final class LineJournal: Sendable {
    let path: String
    private let limit: Int
    let kept: Int
    let file: Mutex<OpenFile>

    struct OpenFile {
        var descriptor: Int32
        var size: Int
    }

    /// `limit` is in bytes; the file that would pass it becomes `PATH.1`, that one `PATH.2`, up to `kept`.
    public init(path: String, limit: Int = 64 << 20, kept: Int = 4) throws {
        self.path = path
        self.limit = limit
        self.kept = kept
        file = Mutex(try Self.open(path))
    }

    deinit { file.withLock { _ = close($0.descriptor) } }

    /// Appends one line in one piece; it must not hold a line end. Many threads may do so.
    public func append(_ line: [UInt8]) throws {
        let bytes = line + [0x0A]
        try file.withLock { file in
            if file.size > 0, file.size + bytes.count > limit { try putAside(&file) }
            var written = 0
            while written < bytes.count {
                let count = bytes[written...].withUnsafeBytes { write(file.descriptor, $0.baseAddress, $0.count) }
                guard count > 0 else {
                    // Half a line would spoil the next one.
                    if written > 0 { _ = ftruncate(file.descriptor, off_t(file.size)) }
                    throw StoreError.ofSystem("write", path)
                }
                written += count
            }
            file.size += bytes.count
        }
    }

    private func putAside(_ file: inout OpenFile) throws {
        for number in stride(from: kept - 1, through: 1, by: -1) {
            // Those that are not there yet need no new name.
            _ = rename("\(path).\(number)", "\(path).\(number + 1)")
        }
        guard rename(path, "\(path).1") == 0 else { throw StoreError.ofSystem("rename", path) }
        try reopen(&file)
    }

    /// Goes on with the file that has the path by now.
    func reopen(_ file: inout OpenFile) throws {
        let next = try Self.open(path)
        _ = close(file.descriptor)
        file = next
    }

    private static func open(_ path: String) throws -> OpenFile {
        #if canImport(Glibc)
            let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        #else
            let descriptor = Darwin.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        #endif
        guard descriptor >= 0 else { throw StoreError.ofSystem("open", path) }
        let size = lseek(descriptor, 0, SEEK_END)
        guard size >= 0 else {
            _ = close(descriptor)
            throw StoreError.ofSystem("inspect", path)
        }
        return OpenFile(descriptor: descriptor, size: Int(size))
    }
}
