#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A path without symbolic links, also of what is not there yet: a link that leads nowhere makes its target when it is
/// written to.
enum RealPath {
    private static let mostLinks = 40
    private static let longest = 4096

    /// - Parameter folder: where a relative path starts.
    /// - Returns: nil where links go round in a circle or are too many, where one holds no text, for what is another file to
    ///   every process (`/proc/self`), and where the folder is not absolute.
    static func of(_ path: String, from folder: String) -> String? {
        let whole = isAbsolute(path) ? path : folder + "/" + path
        guard isAbsolute(whole) else { return nil }
        var rest = parts(of: whole)
        var real = ""
        var links = 0
        while let part = rest.popLast() {
            if part == ".." {
                real = parent(of: real)
                continue
            }
            let place = real + "/" + part
            if ["/proc/self", "/proc/thread-self"].contains(place) { return nil }
            guard let bytes = link(place) else {
                real = place
                continue
            }
            links += 1
            guard links <= mostLinks, let target = String(validating: bytes, as: UTF8.self) else { return nil }
            if isAbsolute(target) { real = "" }
            rest += parts(of: target)
        }
        return canonical(real.isEmpty ? "/" : real)
    }

    // By bytes, as the system reads paths: a slash with a combining mark behind it is another character, and parts two
    // folders all the same.
    private static let slash = UInt8(ascii: "/")

    static func isAbsolute(_ path: String) -> Bool { path.utf8.first == slash }

    /// What stands before the last slash; a path without one is returned as it is.
    static func parent(of path: String) -> String {
        path.utf8.lastIndex(of: slash).map { String(decoding: path.utf8[..<$0], as: UTF8.self) } ?? path
    }

    /// The parts of a path, the last first.
    private static func parts(of path: String) -> [String] {
        path.utf8.split(separator: slash).map { String(decoding: $0, as: UTF8.self) }.filter { $0 != "." }.reversed()
    }

    /// What a link holds; nil for what is none.
    private static func link(_ path: String) -> [UInt8]? {
        var buffer = [CChar](repeating: 0, count: longest)
        let count = readlink(path, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return buffer[..<count].map { UInt8(bitPattern: $0) }
    }

    /// As the file system writes it, where it does not tell capitals from small letters.
    private static func canonical(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
