import ArgumentParser
import HiveAPI

/// `hivectl keys …`.
struct KeyCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "The keys that a node's store is encrypted with.",
        discussion: """
            Example:
              hivectl keys status
            """,
        subcommands: [Status.self, Rotate.self, New.self, Open.self])

    /// `keys status`.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "How the store is encrypted, and what is sealed anew at present.",
            discussion: """
                Names of keys are shown, never keys.

                Example:
                  hivectl keys status
                """)
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let status = try await options.client().keyStatus(as: .operator)
            options.print(status, KeyCommands.text(status))
        }
    }

    /// `keys rotate`.
    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate",
            abstract: "Put new keys in force while the node goes on working.",
            discussion: """
                A new data key is made, and all data keys are wrapped with the provider's current key: former keys of
                the provider are needed no longer. Everything is then sealed with the new data key behind the node's
                other work; after a stop it goes on. --wait waits for the end.

                Example:
                  hivectl keys rotate --wait
                """)
        @OptionGroup var options: GlobalOptions
        @Flag(help: "Wait until everything is sealed with the new key.") var wait = false

        func run() async throws {
            let client = try options.client()
            var status = try await client.rotateKeys(as: .operator)
            while wait, status.dataKeys.count > 1 {
                if let problem = status.rotation?.problem { throw HiveError(.unavailable, problem) }
                try await Task.sleep(for: .milliseconds(200))
                status = try await client.keyStatus(as: .operator)
            }
            options.print(status, KeyCommands.text(status))
        }
    }

    static func text(_ status: KeyStatus) -> String {
        guard status.encrypted else {
            return "the store is not encrypted; `encryption` in hive.yaml encrypts it at the next start"
        }
        var lines = ["cipher    \(status.cipher ?? "-"), keys from \(status.place ?? "-")"]
        lines.append("key       \(status.currentKey ?? "unknown: \(status.problem ?? "no reason is given")")")
        for key in status.dataKeys {
            lines.append("data key  \(key.number), wrapped with \(key.wrappedWith), at most \(key.seals) values sealed")
        }
        if let rotation = status.rotation {
            lines.append(
                "rotation  \(rotation.done) of \(rotation.total) rows" + (rotation.problem.map { ": \($0)" } ?? ""))
        }
        if status.isBehind { lines.append("the provider has another key: `hivectl keys rotate` puts it in force") }
        return lines.joined(separator: "\n")
    }
}
