import HiveCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that is written piece by piece and appears under its name whole and on disk, or not at all. Until then it is
/// `PATH.part`; mode 0600.
final class DurableOutput {
    static let suffix = ".part"
    let path: String
    private let descriptor: Int32
    private var isOpen = true
    private(set) var count = 0

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path + Self.suffix, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError.ofFile("write", path) }
    }

    /// What was not finished goes.
    deinit {
        guard isOpen else { return }
        close(descriptor)
        unlink(path + Self.suffix)
    }

    func write(_ bytes: some Collection<UInt8>) throws {
        var rest = ArraySlice(bytes)
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { throw StoreError.ofFile("write", path) }
            rest = rest.dropFirst(written)
            count += written
        }
    }

    /// Makes it durable and gives it its name.
    func finish() throws {
        guard fsync(descriptor) == 0 else { throw StoreError.ofFile("sync", path) }
        guard rename(path + Self.suffix, path) == 0 else { throw StoreError.ofFile("rename", path) }
        isOpen = false
        close(descriptor)
        try Self.sync(directoryOf: path)
    }

    static func sync(directoryOf path: String) throws {
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(parent.isEmpty ? "/" : parent, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError.ofFile("open", parent) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StoreError.ofFile("sync", parent) }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
