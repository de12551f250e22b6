import ArgumentParser
import Foundation
import HiveAPI

extension BackupCommands {
    /// `backup mirrors`.
    struct Mirrors: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "mirrors",
            abstract: "Where copies of this node's backups are, and what it keeps for others.",
            discussion: """
                Example:
                  hivectl backup mirrors
                """)
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let report = try await options.client().mirrors(as: .operator)
            options.print(report, Self.describe(report))
        }

        static func describe(_ report: MirrorReport) -> String {
            var lines: [String] = []
            for peer in report.peers {
                let whole = peer.backups.count { $0.whole }
                let state = peer.connected ? "connected" : "not connected"
                let asked = peer.copies == 0 ? "" : " of \(peer.copies)"
                lines.append("\(peer.name ?? peer.node): \(whole)\(asked) copies, \(state)")
                if let problem = peer.problem { lines.append("  \(problem)") }
                lines += peer.backups.map {
                    "  \($0.id)  \($0.createdAt)  \($0.whole ? "\($0.bytes) bytes" : "\($0.heldBytes) of \($0.bytes) bytes")"
                }
            }
            if lines.isEmpty { lines.append("no peer keeps copies of this node's backups") }
            lines += report.held.map { "kept for \($0.name ?? $0.node): \($0.backups) backups, \($0.bytes) bytes" }
            if let maximum = report.maximumBytes { lines.append("room for the backups of others: \(maximum) bytes") }
            return lines.joined(separator: "\n")
        }
    }

    /// `backup fetch ID [FILE]`.
    struct Fetch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fetch",
            abstract: "Get a backup back from a peer that keeps a copy.",
            discussion: """
                The node writes the file, so the path is one of its machine. Its key is not with the copy.

                Example:
                  hivectl backup fetch 3f2a91 /safe/back.hivebackup --from cellar
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id or its beginning; see `hivectl backup mirrors`.") var id: String
        @Argument(help: "The file; without one, a name of its own in the node's directory for backups.") var file:
            String?
        @Option(help: "The peer's name, or its id or the beginning of it; else whoever has it.") var from: String?

        func run() async throws {
            let client = HiveClient(
                try NodeLocation.discover(role: .operator, data: options.data), timeoutSeconds: 24 * 3600)
            let path = file.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
            let fetched = try await client.fetchBackup(id, FetchBackup(path: path, from: from), as: .operator)
            options.print(
                fetched,
                """
                backup \(fetched.id) of \(fetched.createdAt), \(fetched.bytes) bytes, in \(fetched.path)
                restore it with hivectl restore \(fetched.path) while the node is stopped
                """)
        }
    }
}
