import Foundation

/// Where output goes: results to standard output, everything else to standard error.
enum Console {
    /// What a text is, which decides what of it is made harmless.
    enum Form {
        /// For people, or JSON: control characters in it come from somewhere else and are shown, not obeyed.
        case text
        /// For a file: written as it is unless it goes to a terminal.
        case document
    }

    /// Writes a text with a line end behind it.
    static func write(_ text: String, toError: Bool = false, as form: Form = .text) {
        let channel = toError ? Terminal.error : Terminal.output
        let isRaw = form == .document && !channel.isTerminal
        let shown = isRaw ? text : Paint.rendered(HarmlessText.of(text), inColour: channel.takesColour)
        put(shown.hasSuffix("\n") || shown.isEmpty ? shown : shown + "\n", to: channel.descriptor)
    }

    /// A reader that has gone ends the command as it ends others, by SIGPIPE; a full disk is an error.
    private static func put(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno == EPIPE {
                signal(SIGPIPE, SIG_DFL)
                raise(SIGPIPE)
                exit(1)  // where SIGPIPE is blocked
            } else if errno != EINTR {
                exit(5)
            }
        }
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
