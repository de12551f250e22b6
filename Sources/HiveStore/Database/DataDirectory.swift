import Foundation
import HiveCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The directory that one node keeps everything in, held by one process at a time.
public final class DataDirectory: Sendable {
    public let path: String
    private let lock: Int32

    /// Creates the directory where it is missing (mode 0700) and locks it. Throws `busy` where another process has it.
    public init(path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreError(
                .missing, "the data directory `\(path)` cannot be made", hint: "check the path and its permissions")
        }
        let descriptor = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(.missing, "the data directory `\(path)` cannot be written", hint: "check its permissions")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.holder(descriptor)
            closeFile(descriptor)
            throw StoreError(
                .busy, "the data directory `\(path)` is in use by process \(holder)",
                hint: "stop that process, or choose another directory with --data")
        }
        lock = descriptor
        let line = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, line, line.count, 0) == line.count else {
            throw StoreError(.full, "the data directory `\(path)` cannot be written", hint: "free some space")
        }
    }

    deinit { closeFile(lock) }

    public func file(_ name: String) -> String { path + "/" + name }

    private static func holder(_ descriptor: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return "unknown" }
        return String(decoding: buffer.prefix(count), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

private func closeFile(_ descriptor: Int32) { _ = close(descriptor) }
