import ArgumentParser
import HiveAPI

/// `hivectl forks …`.
struct ForkCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forks", abstract: "See and settle logs with two histories.",
        discussion: """
            A log has two histories where one key wrote in two places: an old copy of a database was put back, or a machine
            was cloned. The log ends where they part. The node that wrote it issues the rest anew; for one that is gone a
            steward does.

            Example:
              hivectl forks list
            """,
        subcommands: [List.self, Show.self, Resolve.self])

    static func describe(_ fork: ForkReport) -> String {
        let branches = fork.branches.map { branch in
            "  history of \(branch.size) operations, \(branch.settled ? "settled" : "open")\(branch.held ? ", held here" : "")\n      root \(branch.root)"
        }
        let author = (fork.name.map { "\($0), " } ?? "") + Table.short(fork.node)
        return
            "\(fork.id)\n  \(fork.stream) log of \(author) in \(fork.scope), \(fork.common) operations in common, found \(fork.found)\n"
            + branches.joined(separator: "\n")
    }

    /// `forks list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "All forks.",
            discussion: """
                Exit code 1 while any is not settled.

                Example:
                  hivectl forks list
                """)
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let page = try await options.client().forks(as: .operator)
            options.print(page, page.items.isEmpty ? "no forks" : page.items.map(describe).joined(separator: "\n\n"))
            if page.items.contains(where: { !$0.settled }) { throw ExitCode(1) }
        }
    }

    /// `forks show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "One fork with its histories.",
            discussion: """
                A history is settled once it was issued anew or given up.

                Example:
                  hivectl forks show 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.") var id: String

        func run() async throws {
            let fork = try await options.client().fork(id, as: .operator)
            options.print(fork, describe(fork))
        }
    }

    /// `forks resolve`.
    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resolve",
            abstract: "Settle a fork, everywhere.",
            discussion: """
                What this node holds of both histories is issued anew, as its own; what a peer holds follows once it was
                sent. The node that wrote the log does this by itself; a steward does it for one that is gone.

                Examples:
                  hivectl forks resolve 3f2a91
                  hivectl forks resolve 3f2a91 --give-up
                  hivectl forks resolve 3f2a91 --compromised
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.") var id: String
        @Flag(help: "Count histories that nobody has any more as settled.") var giveUp = false
        @Flag(help: "The key is in wrong hands: issue nothing anew, and take the node's part away.")
        var compromised = false

        func run() async throws {
            let request = ResolveFork(giveUp: giveUp, compromised: compromised)
            let fork = try await options.client().resolve(fork: id, with: request, as: .operator)
            options.print(fork, describe(fork))
        }
    }
}
