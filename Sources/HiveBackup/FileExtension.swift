import HiveCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that grows at its end, over several lives of a process. Mode 0600.
final class FileExtension {
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError.ofFile("write", path) }
    }

    deinit { close(descriptor) }

    func append(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { throw StoreError.ofFile("write", path) }
            rest = rest.dropFirst(written)
        }
    }

    func sync() throws {
        guard fsync(descriptor) == 0 else { throw StoreError.ofFile("sync", path) }
    }

    /// Zero where there is no file.
    static func size(of path: String) throws -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return 0 }
            throw StoreError.ofFile("inspect", path)
        }
        return Int(status.st_size)
    }
}
