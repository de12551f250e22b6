/// Paths with `/`, as texts.
enum FilePath {
    /// The path of a file that another one names relative to itself; `.` and `..` are followed.
    static func joined(_ relative: String, besides path: String) -> String {
        guard !relative.hasPrefix("/") else { return relative }
        var parts = path.split(separator: "/").dropLast().map(String.init)
        for part in relative.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(String(part))
            }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }
}
