import ArgumentParser
import Foundation
import HiveAPI

extension KeyCommands {
    /// `keys new`.
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Write a new key to a key file.",
            discussion: """
                The file is made with mode 0600. With --add the new key goes before those that are in the file: it is
                the current one from then on, and the former ones stay until `hivectl keys rotate` is done.

                Example:
                  hivectl keys new /etc/hive/store.key --add
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The key file.", completion: .file()) var file: String
        @Flag(help: "Put the new key before those in the file.") var add = false

        func run() throws {
            let isThere = FileManager.default.fileExists(atPath: file)
            guard isThere == add else {
                throw isThere
                    ? HiveError(
                        .alreadyExists, "the file `\(file)` is there already", hint: "--add puts a key before its keys")
                    : HiveError(.notFound, "there is no file `\(file)`", hint: "leave out --add")
            }
            let former = add ? try Console.readFile(file) : ""
            var random = SystemRandomNumberGenerator()
            let key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            try Self.replace(file, with: Base64.encode(key) + "\n" + former)
            options.print(JSONValue.object(["file": .string(file)]), "a new key is in `\(file)`: keep a copy elsewhere")
        }

        /// Whole or not at all, and never readable by others.
        private static func replace(_ file: String, with text: String) throws {
            let unfinished = file + ".new"
            let isWritten = FileManager.default.createFile(
                atPath: unfinished, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
            guard isWritten, rename(unfinished, file) == 0 else {
                throw Failure.badInput("the file `\(file)` cannot be written", hint: "check the folder's permissions")
            }
        }
    }

    /// `keys open`.
    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "open",
            abstract: "Print the lines of a sealed journal as they were.",
            discussion: """
                The node that wrote it opens it. Lines that are not sealed are printed as they are, so that the output
                suits `hivectl rules replay --decisions -`.

                Example:
                  hivectl keys open decisions.jsonl | hivectl rules replay rules --decisions -
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(
            help: "A journal, such as decisions.jsonl of the data directory; - reads standard input.",
            completion: .file()) var file: String

        func run() async throws {
            let client = try options.client()
            let lines = try Console.readFile(file).split(separator: "\n").map(String.init)
            for start in stride(from: 0, to: lines.count, by: 100) {
                let part = SealedLines(lines: Array(lines[start..<min(start + 100, lines.count)]))
                for line in try await client.openLines(part, as: .operator).lines {
                    Console.write(line, as: .document)
                }
            }
        }
    }
}
