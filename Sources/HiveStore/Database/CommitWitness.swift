import HiveCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Remembers beside the database how many commits were answered.
///
/// SQLite takes a write-ahead log that lost its end for one that never had it: answered commits would be gone without
/// a word. The count is written after the commit is on disk and is itself not made durable: it survives the end of
/// the process, and after a power cut it can only be too small, which notices less but never accuses wrongly.
final class CommitWitness: Sendable {
    private let path: String
    private let descriptor: Int32

    /// The mark that the last opening left; nil after a clean stop.
    static func lastMark(at path: String) throws -> CommitMark? {
        let descriptor = Self.openFile(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw StoreError.ofSystem("open", path) }
            return nil
        }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: CommitMark.length + 1)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { throw StoreError.ofSystem("read", path) }
        return CommitMark(bytes: Array(buffer.prefix(count)))
    }

    /// Begins to count for an opening whose mark the database holds already.
    init(path: String, mark: CommitMark) throws {
        self.path = path
        descriptor = Self.openFile(path, O_RDWR | O_CREAT | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError.ofSystem("open", path) }
        let bytes = mark.bytes
        guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count, ftruncate(descriptor, off_t(bytes.count)) == 0
        else {
            let failure = StoreError.ofSystem("write", path)
            close(descriptor)
            throw failure
        }
    }

    /// Notes that a commit was made durable. The commit stands whether or not this succeeds.
    func note(_ count: UInt64) {
        let bytes = CommitMark.bytes(of: count)
        _ = pwrite(descriptor, bytes, bytes.count, off_t(CommitMark.countOffset))
    }

    /// Whether the disk failed, and no new life has begun since.
    var isInDoubt: Bool {
        var flag: UInt8 = 0
        return pread(descriptor, &flag, 1, off_t(CommitMark.epochLength)) == 1 && flag != 0
    }

    /// Notes whether what is on disk is unknown. The disk may be failing: this is the best that can be done.
    func setDoubt(_ isDoubtful: Bool) {
        _ = pwrite(descriptor, [isDoubtful ? 1 : 0], 1, off_t(CommitMark.epochLength))
    }

    /// After a clean stop all is in the database: nothing is left to witness.
    func remove() { unlink(path) }

    deinit { close(descriptor) }

    private static func openFile(_ path: String, _ flags: Int32) -> Int32 { open(path, flags, 0o600) }
}
