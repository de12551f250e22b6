#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Small files and the environment, read without Foundation: a command that starts for every keystroke of an agent must
/// start fast.
enum LocalFile {
    static let largest = 1 << 20

    /// The bytes; nil where there is no such file. Throws `forbidden` for a file that may not be read.
    static func read(_ path: String) throws -> [UInt8]? {
        guard let file = fopen(path, "rb") else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw HiveError(
                .forbidden, "cannot read `\(path)`: \(String(cString: strerror(errno)))",
                hint: "run as the user that owns it")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= largest {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: buffer[..<count])
        }
        throw HiveError(.tooLarge, "`\(path)` is larger than \(largest) bytes")
    }

    /// Whether a process with this number exists. One that ended without a word leaves its files behind.
    static func isRunning(_ process: Int64) -> Bool {
        guard let process = pid_t(exactly: process), process > 0 else { return false }
        return kill(process, 0) == 0 || errno == EPERM
    }

    static func environment(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}
