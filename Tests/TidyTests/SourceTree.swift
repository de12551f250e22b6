import Foundation

/// The sources of this package, as text.
struct SourceTree {
    /// One file with its path below the package.
    struct File: Sendable {
        let path: String
        let text: String
        var name: String { String(path.split(separator: "/").last ?? "") }
        var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
        /// The text without comments and the contents of strings, line by line.
        var code: [String] { CodeLines.of(text) }
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func files(in folder: String) throws -> [File] {
        let base = root.appendingPathComponent(folder)
        let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
        return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
            let text = try String(contentsOf: base.appendingPathComponent(name), encoding: .utf8)
            return File(path: "\(folder)/\(name)", text: text)
        }
    }
}

/// Blanks out comments and strings, so that what is looked for is looked for in code.
enum CodeLines {
    static func of(_ text: String) -> [String] {
        var inBlock = false
        var inText = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            strip(String(line), inBlock: &inBlock, inText: &inText)
        }
    }

    private static func strip(_ line: String, inBlock: inout Bool, inText: inout Bool) -> String {
        var output = ""
        var rest = Substring(line)
        var inString = false
        while let character = rest.first {
            if inBlock {
                if rest.hasPrefix("*/") { inBlock = false; rest = rest.dropFirst() }
            } else if inText {
                if rest.hasPrefix("\"\"\"") { inText = false; rest = rest.dropFirst(2) }
            } else if inString {
                if character == "\\" { rest = rest.dropFirst() } else if character == "\"" { inString = false }
            } else if rest.hasPrefix("//") {
                return output
            } else if rest.hasPrefix("/*") {
                inBlock = true
                rest = rest.dropFirst()
            } else if rest.hasPrefix("\"\"\"") {
                inText = true
                rest = rest.dropFirst(2)
            } else if character == "\"" {
                inString = true
            } else {
                output.append(character)
            }
            rest = rest.dropFirst()
        }
        return output
    }
}
