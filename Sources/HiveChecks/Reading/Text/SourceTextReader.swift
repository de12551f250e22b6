import HiveCEL

/// Makes manifests out of any text: for its words, and, for a program, for its calls of other agents.
enum SourceTextReader {
    static let kind = "source.text"
    static let callKind = "source.calls"

    private static let programs: Set<Substring> = [
        "py", "js", "ts", "go", "rs", "swift", "java", "kt", "rb", "sh", "php", "cs", "c", "cpp", "h",
    ]
    private static let proses: Set<Substring> = ["md", "txt", "rst", "adoc", "html"]
    private static let clients = [
        "http_client.", "requests.get(", "requests.post(", "httpx.", "aiohttp.", "fetch(", "axios.", "http.Post(",
        "http.Get(", "URLSession",
    ]

    /// Whether files that end so are programs or prose.
    static func isWritten(in suffix: String) -> Bool { programs.contains(suffix[...]) || proses.contains(suffix[...]) }

    static func manifests(_ text: String, path: String) -> [Manifest] {
        let name = String(SourceFile(path: path, bytes: []).name)
        let suffix = name.split(separator: ".").last ?? ""
        let isProse = proses.contains(suffix)
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        let whole = Manifest(
            kind: kind, path: path, name: name, line: 1, facts: facts(text[...], isProse),
            parts: {
                lines.enumerated().map { number, line in
                    Manifest(
                        kind: kind, path: path, name: name, line: number + 1, facts: facts(line, isProse))
                }
            })
        guard programs.contains(suffix),
            let line = lines.firstIndex(where: { line in clients.contains { line.contains($0) } }),
            text.contains("agent")
        else { return [whole] }
        var calls = Facts()
        calls.set("text", text)
        return [whole, Manifest(kind: callKind, path: path, name: name, line: line + 1, facts: calls.values)]
    }

    private static func facts(_ text: Substring, _ isProse: Bool) -> [String: Value] {
        var facts = Facts()
        facts.set("text", String(text))
        facts.set("prose", isProse)
        facts.set("addresses", texts: Addresses.all(in: text))
        return facts.values
    }
}
