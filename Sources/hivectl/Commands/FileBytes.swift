import Foundation

/// Files by paths of any bytes: names need not be UTF-8.
enum FileBytes {
    enum Kind { case file, folder, link, other }

    struct Status: Hashable {
        let kind: Kind
        let size: Int
        /// Device and number: the same for every name of a file.
        let identity: [UInt64]
        /// When it was last changed, in nanoseconds.
        let modified: Int64
    }

    /// Of the thing itself, also where that is a link; nil where nothing is there.
    static func status(_ path: [UInt8]) -> Status? {
        var info = stat()
        guard withPath(path, { lstat($0, &info) }) == 0 else { return nil }
        return Status(info)
    }

    /// Why a file could not be read.
    struct Failure: Error { let reason: String }

    /// All of a regular file. Throws for anything that cannot be opened and for what is no file any more.
    static func read(_ path: [UInt8]) throws(Failure) -> [UInt8] {
        let descriptor = withPath(path) { open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
        guard descriptor >= 0 else { throw Failure(reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, Status(info).kind == .file else { throw Failure(reason: "it is no file") }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(info.st_size) + 1)
        var buffer = [UInt8](repeating: 0, count: max(4096, min(Int(info.st_size) + 1, 1 << 20)))
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(reason: String(cString: strerror(errno))) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// The names in a folder, sorted; nil where it cannot be read.
    static func names(in folder: [UInt8]) -> [[UInt8]]? {
        guard let stream = withPath(folder, { opendir($0) }) else { return nil }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Where a link leads in the end; nil where it leads nowhere.
    static func target(_ path: [UInt8]) -> [UInt8]? {
        guard let target = withPath(path, { realpath($0, nil) }) else { return nil }
        defer { free(target) }
        return Array(String(cString: target).utf8)
    }

    private static func withPath<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        CStrings.of(path).withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return body("") }
            return body(base)
        }
    }
}

extension FileBytes.Status {
    init(_ info: stat) {
        switch info.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .link
        default: kind = .other
        }
        size = Int(info.st_size)
        identity = [UInt64(info.st_dev), UInt64(info.st_ino)]
        #if canImport(Darwin)
            let time = info.st_mtimespec
        #else
            let time = info.st_mtim
        #endif
        modified = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
