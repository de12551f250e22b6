import ArgumentParser
import Foundation
import HiveAPI

/// `hivectl peers …`.
struct PeerCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peers", abstract: "Other nodes of the hive.",
        discussion: """
            Example:
              hivectl peers list
            """, subcommands: [List.self, Invite.self, Join.self, Retire.self])

    /// `peers list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Who is there, and how far behind.",
            discussion: """
                LAG counts operations that a peer has not said to hold.

                Example:
                  hivectl peers list
                """)
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let page = try await options.client().peers(as: .operator)
            options.print(
                page,
                Table.text(
                    ["NODE", "NAME", "ROLE", "STATE", "LAG", "ADDRESS", "PROBLEM"],
                    page.items.map {
                        [
                            Table.short($0.node), $0.name ?? "-", $0.role ?? "-", $0.state.rawValue,
                            $0.lag.map(String.init) ?? "-", $0.address ?? "-", Table.excerpt($0.problem, 40),
                        ]
                    }))
        }
    }

    /// `peers invite`.
    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "invite",
            abstract: "Print one line that lets another node join this hive, once.",
            discussion: """
                It opens the peer listener, if that is closed, and says so. Whoever has the line can join: send it as
                you would a password.

                Example:
                  hivectl peers invite --role steward
                """)
        @OptionGroup var options: GlobalOptions
        @Option(help: "reader, writer or steward.") var role = "writer"
        @Option(help: "How long the line is good for.") var expires = "1h"
        @Option(help: "A scope that it may hold, several times for several; default: collective:main and universal.")
        var scope: [String] = []

        func run() async throws {
            guard let seconds = Durations.seconds(expires) else {
                throw Failure.badInput("`\(expires)` is no duration", hint: "write 30m, 1h or 2d")
            }
            let invitation = try await options.client().invite(
                InvitePeer(role: role, scopes: scope.isEmpty ? nil : scope, expiresIn: seconds), as: .operator)
            if !options.json, invitation.opened {
                Console.write("the peer listener is open on \(invitation.address) now", toError: true)
            }
            options.print(invitation, invitation.line)
        }
    }

    /// `peers retire`.
    struct Retire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retire",
            abstract: "Wait for a node no more before anything is made final.",
            discussion: """
                It takes no right away: what the node wrote counts, and so does what it brings when it comes back. It
                says by itself that it is back. To take its part in a scope away, use `hivectl scopes revoke`.

                Example:
                  hivectl peers retire cellar
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Its name, or its id or the beginning of it.") var node: String
        @Flag(help: "Wait for it again.") var back = false

        func run() async throws {
            let answer = try await options.client().retire(node, RetirePeer(back: back), as: .operator)
            let what = answer.retired ? "waited for no more" : "waited for again"
            options.print(answer, "\(Table.short(answer.node)) is \(what) in \(answer.scopes.joined(separator: ", "))")
        }
    }

    /// `peers join`.
    struct Join: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "join",
            abstract: "Join the hive that an invitation names.",
            discussion: """
                A node that holds memories for others in another hive lists what would become of them, and asks for
                --yes.

                Example:
                  hivectl peers join -
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The line that `peers invite` printed; - reads standard input.") var line: String
        @Flag(help: "Copy this node's shared memories into the new hive, and leave the present one.") var reissue =
            false

        func run() async throws {
            let text = (line == "-" ? try Console.readInput() : line).trimmingCharacters(in: .whitespacesAndNewlines)
            let answer = try await options.client().join(JoinHive(line: text, reissue: reissue), as: .operator)
            guard answer.joined else {
                throw Self.question(answer)
            }
            options.print(answer, "joined hive \(Table.short(answer.hive)): \(answer.scopes.joined(separator: ", "))")
        }

        private static func question(_ answer: JoinAnswer) -> HiveError {
            var parts: [String] = []
            if !answer.wouldReissue.isEmpty {
                let ids = answer.wouldReissue.prefix(5).map(Table.short).joined(separator: ", ")
                parts.append("copy \(answer.wouldReissue.count) shared memories into the other hive (\(ids))")
            }
            if !answer.wouldLeave.isEmpty {
                parts.append("leave \(answer.wouldLeave.joined(separator: " and ")) of its present hive behind")
            }
            return HiveError(
                .wouldReissue, "this node would \(parts.joined(separator: ", and "))",
                hint: "add --reissue if that is what you want")
        }
    }
}
