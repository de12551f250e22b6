import ArgumentParser
import Testing

@testable import hivectl

/// Every command says what it does, and how it is called.
@Suite struct HelpTests {
    private static let commands = CommandPlace.all

    @Test("Every command has an abstract, and an example in its discussion")
    func texts() {
        #expect(Self.commands.count > 120)
        for command in Self.commands {
            let path = command.path.joined(separator: " ")
            #expect(command.configuration.abstract.hasSuffix("."), "`\(path)` has no abstract")
            #expect(!command.examples.isEmpty, "the discussion of `\(path)` has no example")
        }
    }

    @Test("Every example is understood by the parser, and by the command that it stands with")
    func examples() async throws {
        for command in Self.commands {
            for example in command.examples {
                for words in ExampleLine.commands(in: example) {
                    do {
                        let parsed = try await HiveControl.asyncParseAsRoot(words)
                        let isAbove = !type(of: parsed).configuration.subcommands.isEmpty
                        #expect(!isAbove || words.count > 1, "`\(example)` only shows help")
                    } catch {
                        Issue.record("`\(example)`: \(HiveControl.message(for: error))")
                    }
                }
            }
        }
    }

    @Test("An argument or option of every command is explained or named by what it takes")
    func names() {
        for command in Self.commands {
            let names = command.path.dropFirst()
            #expect(names.allSatisfy { $0 == $0.lowercased() && !$0.isEmpty }, "\(command.path)")
        }
    }

    @Test(
        "The parts of an example line are found",
        arguments: [
            ("hivectl a 'b c' | hivectl d -", [["a", "b c"], ["d", "-"]]),
            ("echo 'hivectl x' | hivectl rules eval r --input -", [["rules", "eval", "r", "--input", "-"]]),
            ("hivectl runbook render 9c1d > checkout.md", [["runbook", "render", "9c1d"]]),
            ("hived --experimental-dump-help | hivectl man --from -", [["man", "--from", "-"]]),
        ])
    func lines(line: String, expected: [[String]]) {
        #expect(ExampleLine.commands(in: line) == expected)
    }
}
