import ArgumentParser
import Foundation
import HiveAPI

/// `hivectl dashboard`.
struct OpenDashboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard", abstract: "Print a link into the node's dashboard that works once.",
        discussion: """
            The link is good for five minutes and for one browser, which then stays signed in for twelve hours, or until
            its tab is closed or the node is restarted. It may do what the operator may; --agent gives it an agent's
            rights: to look, to search, to settle conflicts.

            Examples:
              hivectl dashboard
              hivectl dashboard --open
            """)

    @OptionGroup var options: GlobalOptions
    @Flag(name: .long, help: "Open the link in this machine's browser.") var open = false
    @Flag(help: "Sign in with what an agent may do.") var agent = false

    func run() async throws {
        let role: Caller.Role = agent ? .agent : .operator
        let client = try options.client(as: role)
        let link = try await client.dashboardLink(as: Caller(role: role))
        let url = link.url(at: client.location.api)
        if options.json {
            var fields = link.json.object ?? [:]
            fields["url"] = .string(url)
            Console.write(JSONValue.object(fields).text)
        } else {
            Console.write(url)
        }
        if open { try Self.open(url) }
    }

    private static func open(_ url: String) throws {
        #if canImport(Darwin)
            let opener = "open"
        #else
            let opener = "xdg-open"
        #endif
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [opener, url]
        process.standardOutput = FileHandle.standardError
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw HiveError(
                .unavailable, "`\(opener)` could not open a browser", hint: "open the printed link yourself")
        }
    }
}
