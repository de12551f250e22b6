import ArgumentParser
import HiveAPI

/// `hivectl status`.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "How the node is.",
        discussion: """
            Who it is, what it holds, how many peers are connected, and what somebody should look at.

            Examples:
              hivectl status
              hivectl status --json
            """)
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let status = try await options.client().status(as: .operator)
        options.print(
            status,
            """
            node      \(status.name) (\(Table.short(status.node))) of hive \(Table.short(status.hive)), version \(status.version)
            health    \(Self.painted(status.health.status))\(status.health.reasons.map { "\n          " + $0 }.joined())
            meaning   \(status.meaning?.line ?? "memories are found by their words only")
            memories  \(status.memories), operations \(status.operations), conflicts \(status.conflicts)\(status.escalated > 0 ? " (\(status.escalated) for a person)" : "")
            peers     \(status.peersConnected) of \(status.peersKnown) connected\(status.peers.map { ", listening on \($0)" } ?? "")
            rules     \(status.rules)\(status.ruleSets.isEmpty ? "" : " in " + status.ruleSets.joined(separator: ", "))
            scopes    \(status.scopes.joined(separator: ", "))\(status.certificate.map { "\ncert      sha256:\($0)" } ?? "")\(Self.seals(status.seals))
            """)
    }

    /// One line for each scope of which anything is sealed, with who holds back the rest.
    private static func seals(_ reports: [SealReport]) -> String {
        reports.filter { $0.until != nil }.map { report in
            let waits = report.awaits.isEmpty ? "" : ", waiting for \(report.awaits.joined(separator: ", "))"
            return "\nsealed    \(report.scope): \(report.sealed) of \(report.operations) operations\(waits)"
        }.joined()
    }

    private static func painted(_ status: Health.Status) -> String {
        switch status {
        case .ok: Paint.green(status.rawValue)
        case .degraded: Paint.yellow(status.rawValue)
        case .failing: Paint.red(status.rawValue)
        }
    }
}

/// `hivectl verify`.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every log, checkpoint and projection.",
        discussion: """
            Exit code 1 where something does not fit.

            Examples:
              hivectl verify
              hivectl verify --rebuild
            """
    )
    @OptionGroup var options: GlobalOptions
    @Flag(help: "Drop all projections and make them anew from the logs.") var rebuild = false

    func run() async throws {
        let report = try await options.client().verify(rebuild: rebuild, as: .operator)
        let missing = report.missingBlobs > 0 ? "\n\(report.missingBlobs) large values have not arrived yet" : ""
        options.print(
            report,
            """
            \(report.ok ? "all is well" : "problems were found"): \(report.logs) logs, \(report.operations) operations, \
            \(report.checkpoints) checkpoints, \(report.documents) documents\(report.rebuilt ? ", rebuilt" : "")\(missing)
            \(report.problems.map { "- " + $0 }.joined(separator: "\n"))
            """)
        if !report.ok { throw ExitCode(1) }
    }
}
