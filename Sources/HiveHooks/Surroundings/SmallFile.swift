#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Small files, read as they are.
enum SmallFile {
    /// How much of a conversation's record is taken along.
    static let tailBytes = 64 << 10

    /// Nil for what is no file, cannot be read, or is larger.
    static func read(_ path: String, atMost limit: Int) -> [UInt8]? {
        guard let (file, size) = opened(path) else { return nil }
        defer { close(file) }
        guard size <= limit else { return nil }
        return bytes(of: file, count: limit + 1).flatMap { $0.count <= limit ? $0 : nil }
    }

    /// The whole lines at the end of a file; nil where there are none.
    static func tail(_ path: String) -> [UInt8]? {
        guard let (file, size) = opened(path) else { return nil }
        defer { close(file) }
        let start = max(0, size - tailBytes)
        guard lseek(file, off_t(start), SEEK_SET) >= 0, var bytes = bytes(of: file, count: tailBytes) else {
            return nil
        }
        if start > 0 { bytes = bytes.firstIndex(of: 0x0A).map { Array(bytes[($0 + 1)...]) } ?? [] }
        return bytes.isEmpty ? nil : bytes
    }

    /// Whether something is there, whatever it is.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isRunning(_ process: Int64) -> Bool {
        guard let process = pid_t(exactly: process), process > 0 else { return false }
        return kill(process, 0) == 0 || errno == EPERM
    }

    /// A regular file and its size. A pipe or a device would never end.
    private static func opened(_ path: String) -> (Int32, Int)? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(file)
            return nil
        }
        return (file, Int(status.st_size))
    }

    private static func bytes(of file: Int32, count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: min(count, 1 << 14))
        while bytes.count < count {
            #if canImport(Glibc)
                let got = Glibc.read(file, &buffer, min(buffer.count, count - bytes.count))
            #elseif canImport(Musl)
                let got = Musl.read(file, &buffer, min(buffer.count, count - bytes.count))
            #else
                let got = Darwin.read(file, &buffer, min(buffer.count, count - bytes.count))
            #endif
            if got == 0 { break }
            if got < 0 {
                guard errno == EINTR else { return nil }
                continue
            }
            bytes += buffer[..<got]
        }
        return bytes
    }
}

/// The environment.
enum Variables {
    /// Nil where it is missing or empty.
    static func value(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}
