import Foundation

/// Where output goes: results to standard output, everything else to standard error.
enum Console {
    static func write(_ text: String, toError: Bool = false) {
        let handle = toError ? FileHandle.standardError : FileHandle.standardOutput
        handle.write(Data((text.hasSuffix("\n") || text.isEmpty ? text : text + "\n").utf8))
    }

    static func exit(_ code: Int32) -> Never { Foundation.exit(code) }

    /// All of standard input as text. Throws for bytes that are no UTF-8.
    static func readInput() throws -> String {
        let data = FileHandle.standardInput.readDataToEndOfFile()
        return try text(data, of: "standard input")
    }

    static func readFile(_ path: String) throws -> String {
        if path == "-" { return try readInput() }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure.badInput("the file `\(path)` cannot be read", hint: "check the path")
        }
        return try text(data, of: "`\(path)`")
    }

    private static func text(_ data: Data, of what: String) throws -> String {
        guard let text = String(validating: data, as: UTF8.self) else {
            throw Failure.badInput("\(what) is not valid UTF-8", hint: "convert it first")
        }
        return text
    }
}
