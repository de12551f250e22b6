import ArgumentParser

@testable import hivectl

/// A command and where it stands.
struct CommandPlace {
    let path: [String]
    let configuration: CommandConfiguration

    /// All commands, from the root on.
    static var all: [CommandPlace] { places(HiveControl.self, below: []) }

    private static func places(_ command: any ParsableCommand.Type, below path: [String]) -> [CommandPlace] {
        let configuration = command.configuration
        let path = path + [configuration.commandName ?? kebab("\(command)")]
        return [CommandPlace(path: path, configuration: configuration)]
            + configuration.subcommands.flatMap { places($0, below: path) }
    }

    /// The lines of the discussion behind `Example:`. A line that ends with a backslash goes on in the next one.
    var examples: [String] {
        var examples: [String] = []
        for line in ManualPage.split(configuration.discussion).examples {
            if let last = examples.last, last.hasSuffix("\\") {
                examples[examples.count - 1] = last.dropLast() + line
            } else {
                examples.append(line)
            }
        }
        return examples
    }

    private static func kebab(_ name: String) -> String {
        name.reduce(into: "") { $0 += ($1.isUppercase && !$0.isEmpty ? "-" : "") + $1.lowercased() }
    }
}
