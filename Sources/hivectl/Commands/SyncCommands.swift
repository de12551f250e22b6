import ArgumentParser
import HiveAPI

/// `hivectl sync …`.
struct SyncCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Synchronisation.",
        discussion: """
            Nodes keep each other in step by themselves; these commands look, and hurry.

            Example:
              hivectl sync status
            """, subcommands: [Now.self, Status.self, History.self])

    /// `sync now`.
    struct Now: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "now",
            abstract: "Compare with every connected peer at once.",
            discussion: """
                Exit code 1 where a peer is not in step within ten seconds.

                Example:
                  hivectl sync now
                """)
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let report = try await options.client().syncNow(as: .operator)
            let late = report.failed.sorted { $0.key < $1.key }.map { "\n\(Table.short($0.key)): \($0.value)" }.joined()
            options.print(
                report,
                """
                in step with \(report.peers.count) peers after \(Int(report.durationMilliseconds)) ms, \
                \(report.operationsReceived) operations received\(late)
                """)
            if !report.failed.isEmpty { throw ExitCode(1) }
        }
    }

    /// `sync status`.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "How far each peer is.",
            discussion: """
                AHEAD counts operations of this node that the peer has not said to hold.

                Example:
                  hivectl sync status --json
                """)
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let status = try await options.client().syncStatus(as: .operator)
            let missing =
                status.missingBlobs > 0 ? "\n\(status.missingBlobs) large values have not arrived yet" : ""
            options.print(
                status,
                Table.text(
                    ["NODE", "NAME", "STATE", "AHEAD", "LAST IN STEP"],
                    status.peers.map {
                        [
                            Table.short($0.node), $0.name ?? "-", $0.state.rawValue, $0.ahead.map(String.init) ?? "-",
                            $0.lastSync ?? "never",
                        ]
                    }) + missing)
        }
    }

    /// `sync history`.
    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history",
            abstract: "What happened between this node and its peers.",
            discussion: """
                Connections, operations received, what was refused and why; the last 500 since the start.

                Example:
                  hivectl sync history
                """)
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let page = try await options.client().syncHistory(as: .operator)
            options.print(
                page,
                Table.text(
                    ["TIME", "NODE", "WHAT", "DETAIL"],
                    page.items.map { [$0.time, Table.short($0.node), $0.outcome, $0.message ?? ""] }))
        }
    }
}
