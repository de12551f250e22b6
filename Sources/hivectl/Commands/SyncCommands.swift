import ArgumentParser
import HiveAPI

/// `hivectl sync …`.
struct SyncCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Synchronisation.", subcommands: [Now.self, Status.self, History.self])

    /// `sync now`.
    struct Now: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Compare with every connected peer at once.")
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
        static let configuration = CommandConfiguration(abstract: "How far each peer is.")
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
        static let configuration = CommandConfiguration(abstract: "What happened between this node and its peers.")
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
