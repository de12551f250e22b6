/// Paths as rules know them: relative to the project, with slashes, without detours. Read by scalars and compared by bytes,
/// as systems do: a slash with a combining mark behind it still parts two folders.
enum RepositoryPath {
    /// Relative to `root` where the path lies below it, else absolute. A relative one starts at `folder`.
    static func relative(_ path: String, root: String?, folder: String?) -> String {
        let slashed = slashed(path)
        let isAbsolute = isAbsolute(slashed) || slashed.unicodeScalars.dropFirst().starts(with: ":/".unicodeScalars)
        guard isAbsolute || folder.map(Self.isAbsolute) == true else { return normal(slashed) }
        let whole = normal(isAbsolute ? slashed : (folder ?? "") + "/" + slashed)
        guard let root = root.map({ normal(Self.slashed($0)) }), root != "/" else { return whole }
        if whole.utf8.elementsEqual(root.utf8) { return "." }
        guard whole.utf8.starts(with: (root + "/").utf8) else { return whole }
        return String(decoding: whole.utf8.dropFirst(root.utf8.count + 1), as: UTF8.self)
    }

    static func absolute(_ path: String, root: String?) -> String {
        guard !isAbsolute(path), let root else { return path }
        return normal(root + "/" + path)
    }

    /// Without empty parts, `.` and, where that is possible, `..`.
    static func normal(_ path: String) -> String {
        var parts: [String] = []
        for part in path.unicodeScalars.split(separator: "/").map({ String($0) }) where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isAbsolute(path) {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        return isAbsolute(path) ? "/" + joined : joined.isEmpty ? "." : joined
    }

    private static func isAbsolute(_ path: String) -> Bool { path.unicodeScalars.first == "/" }

    private static func slashed(_ path: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in path.unicodeScalars { text.append(scalar == "\\" ? "/" : scalar) }
        return String(text)
    }
}
