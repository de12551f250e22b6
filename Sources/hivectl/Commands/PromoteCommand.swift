import ArgumentParser
import HiveAPI

/// `hivectl memory promote`.
struct PromoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote", abstract: "Copy a memory into a wider scope, or renew its copy there.",
        discussion: """
            From instance to agent:NAME to collective:NAME to universal.

            Example:
              hivectl memory promote 3f2a91 --to collective:main
            """)
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String
    @Option(help: "The scope: wider than the memory's own.") var to: String
    @Flag(help: "Whether the original stays.") var original: Original = .keep
    @Option var agent: String?

    /// What becomes of the original.
    enum Original: String, EnumerableFlag {
        case keep
        case forgetOriginal
    }

    func run() async throws {
        let request = PromoteMemory(to: to, forgetOriginal: original == .forgetOriginal, agent: agent)
        let answer = try await options.client().promote(id, request, as: .operator)
        var lines = [
            "\(answer.created ? "copied" : answer.changed ? "renewed" : "nothing new:") \(answer.memory.id) in "
                + answer.memory.scope
        ]
        if answer.originalForgotten { lines.append("forgot \(Table.short(answer.original))") }
        if !answer.leftOut.isEmpty {
            lines.append(
                "left out, since they name what \(to) may not know of: \(answer.leftOut.joined(separator: ", "))")
        }
        options.print(answer, lines.joined(separator: "\n"))
    }
}
