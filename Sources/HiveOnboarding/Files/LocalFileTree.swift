import HiveAPI

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Files of this machine.
struct LocalFileTree: FileTree {
    private static let largest = 64 << 20

    /// Without links on the way.
    private let root: String

    /// Throws `not_found` for a folder that is none.
    init(root: String) throws {
        guard let real = Self.real(root), Self.isFolder(real) else {
            throw HiveError(.notFound, "there is no folder `\(root)`", hint: "check the path")
        }
        self.root = real
    }

    func read(_ path: String) throws -> [UInt8]? {
        let real = try place(of: path)
        let file = open(real, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw Self.failure("cannot read", path)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw HiveError(.invalidInput, "`\(path)` is no file", hint: "move it away")
        }
        guard status.st_size <= Self.largest else { throw HiveError(.tooLarge, "`\(path)` is too large to be edited") }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                pread(file, $0.baseAddress! + done, $0.count - done, off_t(done))
            }
            guard count > 0 else { throw Self.failure("cannot read", path) }
            done += count
        }
        return bytes
    }

    func write(_ bytes: [UInt8], to path: String) throws {
        let real = try place(of: path)
        try makeFolders(for: real)
        // Once the folders are there, a link among them shows.
        guard try place(of: path) == real else { throw Self.outside(path) }
        var status = stat()
        let isThere = stat(real, &status) == 0
        let mode = isThere ? status.st_mode & 0o7777 : Self.usualMode(for: real)
        var template = Array("\(real).hive-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw Self.failure("cannot write", path) }
        let temporary = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        // A file keeps its owner, also where somebody else edits it.
        let isOwned = !isThere || status.st_uid == geteuid() || fchown(file, status.st_uid, status.st_gid) == 0
        let isWritten = isOwned && Self.all(bytes, to: file) && fchmod(file, mode) == 0 && fsync(file) == 0
        close(file)
        guard isWritten, rename(temporary, real) == 0 else {
            let error = Self.failure("cannot write", path)
            unlink(temporary)
            throw error
        }
    }

    func remove(_ path: String) throws {
        let real = try place(of: path)
        guard unlink(real) == 0 || errno == ENOENT else { throw Self.failure("cannot remove", path) }
        var folder = Self.parent(of: real)
        while folder.count > root.count, folder.hasPrefix(root), rmdir(folder) == 0 { folder = Self.parent(of: folder) }
    }

    func holding<T>(_ lock: String, _ work: () throws -> T) throws -> T {
        let file = open(try place(of: lock), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw Self.failure("cannot lock", lock) }
        defer { close(file) }
        while flock(file, LOCK_EX) != 0 {
            guard errno == EINTR else { throw Self.failure("cannot lock", lock) }
        }
        return try work()
    }

    // MARK: Places

    /// The path without links; throws `forbidden` where it leaves the root.
    private func place(of path: String) throws -> String {
        var missing: [Substring] = []
        var known = RepositoryPath.normal(path)
        while true {
            if let real = Self.real(known) {
                let whole = missing.isEmpty ? real : real + "/" + missing.reversed().joined(separator: "/")
                guard whole == root || whole.hasPrefix(root == "/" ? root : root + "/") else {
                    throw Self.outside(path)
                }
                return whole
            }
            // A link that leads nowhere may lead out of the root tomorrow.
            var status = stat()
            guard lstat(known, &status) != 0 else { throw Self.outside(path) }
            guard let slash = known.lastIndex(of: "/"), known != "/" else { throw Self.outside(path) }
            missing.append(known[known.index(after: slash)...])
            known = slash == known.startIndex ? "/" : String(known[..<slash])
        }
    }

    private func makeFolders(for path: String) throws {
        var place = root == "/" ? "" : root
        for part in Self.parent(of: path).dropFirst(place.count).split(separator: "/") {
            place += "/" + part
            guard mkdir(place, 0o755) == 0 || errno == EEXIST else { throw Self.failure("cannot make", place) }
        }
    }

    private static func all(_ bytes: [UInt8], to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            #if canImport(Glibc)
                let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            #elseif canImport(Musl)
                let count = rest.withUnsafeBytes { Musl.write(file, $0.baseAddress, $0.count) }
            #else
                let count = rest.withUnsafeBytes { Darwin.write(file, $0.baseAddress, $0.count) }
            #endif
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// As an editor would make it, but nobody else may write; configurations of one user are for that user alone.
    private static func usualMode(for path: String) -> mode_t { path.hasSuffix("/.claude.json") ? 0o600 : 0o644 }

    static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    private static func failure(_ what: String, _ path: String) -> HiveError {
        HiveError(.forbidden, "\(what) `\(path)`: \(String(cString: strerror(errno)))", hint: "check its permissions")
    }

    private static func outside(_ path: String) -> HiveError {
        HiveError(
            .forbidden, "`\(path)` leads out of the folder that is set up, by a symbolic link",
            hint: "put a file there, or set up the folder that it leads to")
    }
}
