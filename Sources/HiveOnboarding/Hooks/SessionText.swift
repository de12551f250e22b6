import HiveAPI
import HiveRules

/// What happened, in words that may be kept.
enum SessionText {
    /// One line about what a tool did.
    static func done(_ action: ToolAction, _ event: HookEvent) -> String {
        let what =
            action.command.map { cut($0, 500) }
            ?? (action.paths.isEmpty
                ? action.url
                : action.paths.map { RepositoryPath.relative($0, root: event.root, folder: event.folder) }
                    .prefix(20).joined(separator: ", "))
        var text = action.tool + (what.map { ": \($0)" } ?? "")
        if event.hasFailed, let response = event.response {
            text += "\nfailed: " + cut(response["error"]?.string ?? response.string ?? response.text, 300)
        }
        return text
    }

    /// Shortened, without secrets: they go first, since half a secret is too short to be known as one and long enough
    /// to be of use.
    static func cut(_ text: String, _ length: Int) -> String {
        let text = withoutSecrets(text)
        return text.count <= length ? text : text.prefix(length - 1) + "…"
    }

    /// The text with `[secret]` for each secret.
    static func withoutSecrets(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        var place = 0
        for finding in SecretDetector.findings(in: bytes) {
            output += bytes[place..<finding.range.lowerBound] + Array("[secret]".utf8)
            place = finding.range.upperBound
        }
        return String(decoding: output + bytes[place...], as: UTF8.self)
    }
}
