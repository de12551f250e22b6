/// Paths as rules know them: relative to the project, with slashes, without detours.
enum RepositoryPath {
    /// Relative to `root` where the path lies below it, else absolute. A relative one starts at `folder`.
    static func relative(_ path: String, root: String?, folder: String?) -> String {
        let slashed = path.replacing("\\", with: "/")
        let isAbsolute = slashed.hasPrefix("/") || slashed.dropFirst().hasPrefix(":/")
        guard isAbsolute || folder?.hasPrefix("/") == true else { return normal(slashed) }
        let whole = normal(isAbsolute ? slashed : (folder ?? "") + "/" + slashed)
        guard let root = root.map({ normal($0.replacing("\\", with: "/")) }), root != "/" else { return whole }
        if whole == root { return "." }
        return whole.hasPrefix(root + "/") ? String(whole.dropFirst(root.count + 1)) : whole
    }

    static func absolute(_ path: String, root: String?) -> String {
        guard !path.hasPrefix("/"), let root else { return path }
        return normal(root + "/" + path)
    }

    /// Without empty parts, `.` and, where that is possible, `..`.
    static func normal(_ path: String) -> String {
        var parts: [Substring] = []
        let isAbsolute = path.hasPrefix("/")
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isAbsolute {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        return isAbsolute ? "/" + joined : joined.isEmpty ? "." : joined
    }
}
