import ArgumentParser
import Foundation
import HiveAPI

/// `hivectl man`.
struct ManCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "man", abstract: "Print the manual, or write a page for every command.",
        discussion: """
            With --from the pages are those of another tool that prints its own help as JSON.

            Examples:
              hivectl man | man -l -
              hivectl man --to /usr/local/share/man/man1
              hived --experimental-dump-help | hivectl man --from - --to /usr/local/share/man/man1
            """)
    @OptionGroup var options: GlobalOptions
    @Option(help: "The folder to write the pages to, one for each command.", completion: .directory) var to: String?
    @Option(help: "The help of another tool, as JSON; - reads standard input.", completion: .file()) var from: String?

    func run() throws {
        let help = try JSONValue(parsing: Array((try from.map(Console.readFile) ?? HiveControl._dumpHelp()).utf8))
        guard let command = help["command"] else {
            throw Failure.badInput(
                "this is no help of a tool", hint: "give what `hived --experimental-dump-help` prints")
        }
        let pages = ManualPage.pages(of: command)
        guard let to else {
            let answer: JSONValue = ["name": .string(pages[0].name), "page": .string(pages[0].text)]
            return Console.write(options.json ? answer.text : pages[0].text, as: .document)
        }
        do {
            try FileManager.default.createDirectory(atPath: to, withIntermediateDirectories: true)
            for page in pages { try page.text.write(toFile: "\(to)/\(page.name).1", atomically: true, encoding: .utf8) }
        } catch {
            throw HiveError(
                .invalidInput, "the pages cannot be written to `\(to)`: \(error.localizedDescription)",
                hint: "check its permissions")
        }
        let answer: JSONValue = ["folder": .string(to), "pages": .array(pages.map { .string($0.name) })]
        options.print(answer, "\(pages.count) pages are in \(to)")
    }
}
