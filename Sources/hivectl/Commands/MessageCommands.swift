import ArgumentParser
import HiveAPI

/// `hivectl tell`, `ask`, `broadcast` and `inbox`.
enum MessageCommands {
    /// Who says it, and how.
    struct Manner: ParsableArguments {
        @Option(help: "The agent that sends it; without it a person does.") var agent: String?
        @Option var subject: String?
        @Option(help: "low, normal, high or urgent.") var priority: String?
        @Option(help: "How long it stays, as 90s, 5m, 24h, 7d.") var expires: String?
        @Option(help: "Whoever holds the scope can read it.") var scope: String?

        func seconds() throws -> Int? {
            guard let expires else { return nil }
            guard let seconds = Durations.seconds(expires) else {
                throw Failure.badInput("`\(expires)` is no duration", hint: "write it like 90s, 5m, 24h or 7d")
            }
            return seconds
        }

        func message(to targets: [String], _ text: String) throws -> SendMessage {
            SendMessage(
                to: targets, text: text == "-" ? try Console.readInput() : text, subject: subject, priority: priority,
                expiresIn: try seconds(), scope: scope, agent: agent)
        }
    }

    static func describe(_ message: MessageRecord) -> String {
        var lines = [
            "\(message.kind) \(message.id)\(message.read == false ? "  (unread)" : "")",
            "from      \(message.sender), \(message.sentAt)",
            "to        \(message.to.joined(separator: ", ")) in \(message.scope)",
        ]
        if message.priority != "normal" { lines.append("priority  \(message.priority)") }
        if let subject = message.subject { lines.append("subject   \(subject)") }
        if let original = message.inReplyTo { lines.append("answers   \(Table.short(original))") }
        if let memory = message.memory { lines.append("memory    \(Table.short(memory))") }
        if let expires = message.expiresAt { lines.append("expires   \(expires)") }
        lines += message.receipts.map { "\($0.state.padded(10))\($0.agent), \($0.at)" }
        lines += message.warnings.map { "warning   \($0)" }
        return (lines + ["", message.text ?? "(the text has not arrived yet)"]).joined(separator: "\n")
    }

    /// `tell`.
    struct Tell: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tell",
            abstract: "Tell an agent something. It need not be there.",
            discussion: """
                Examples:
                  hivectl tell ava 'the certificate of web-3 is renewed'
                  hivectl tell ava@laptop - --priority urgent < note.txt
                  hivectl tell --reply 4f2a 'yes, since Monday' --agent bo
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var manner: Manner
        @Option(help: "The id of a message that this one answers; the name is left out then.") var reply: String?
        @Argument(help: "NAME or NAME@NODE, then the text; - reads standard input.") var words: [String]

        func run() async throws {
            guard words.count == (reply == nil ? 2 : 1), let text = words.last else {
                throw Failure.badInput(
                    "`tell` takes a name and a text, with --reply only the text", hint: "put the text in quotes")
            }
            var message = try manner.message(to: Array(words.dropLast()), text)
            message.inReplyTo = reply
            let sent = try await options.client().send(message, as: .operator)
            let told = sent.to.isEmpty ? "whoever asked" : sent.to.joined(separator: ", ")
            options.print(sent, "sent \(sent.id) to \(told) in \(sent.scope)")
        }
    }

    /// `ask`.
    struct Ask: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ask",
            abstract: "Ask an agent, and wait for the answer. Exit code 1 where nobody answers in time.",
            discussion: """
                Example:
                  hivectl ask role:operations 'is web-3 in maintenance?' --timeout 2m
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var manner: Manner
        @Option(help: "How long to wait, up to 10m.") var timeout = "30s"
        @Argument(help: "NAME, NAME@NODE, role:ROLE or capability:WORD.") var to: String
        @Argument(help: "The question; - reads standard input.") var question: String

        func run() async throws {
            guard let seconds = Durations.seconds(timeout) else {
                throw Failure.badInput("`\(timeout)` is no duration", hint: "write it like 90s or 5m")
            }
            let message = try manner.message(to: [to], question)
            let request = AskAgent(
                to: to, text: message.text, subject: manner.subject, timeout: seconds, priority: manner.priority,
                expiresIn: message.expiresIn, scope: manner.scope, agent: manner.agent)
            let answer = try await options.client().ask(request, as: .operator)
            options.print(answer, answer.answer.map(describe) ?? answer.note ?? "nobody answered")
            if !answer.answered { throw ExitCode(1) }
        }
    }

    /// `broadcast`.
    struct Broadcast: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "broadcast",
            abstract: "Tell everybody, or all of a role or capability.",
            discussion: """
                Examples:
                  hivectl broadcast 'the registry is down until 14:00' --priority high
                  hivectl broadcast 'rotate your tokens' --role builder
                  hivectl broadcast 'envoy 1.31 drops h2c' --remember --category infrastructure
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var manner: Manner
        @Option(name: .customLong("role")) var roles: [String] = []
        @Option(name: .customLong("capability")) var capabilities: [String] = []
        @Flag(help: "Keep it as a memory too.") var remember = false
        @Option(help: "Of the memory.") var category: String?
        @Option(help: "info, warning or critical; of what is remembered.") var severity: String?
        @Argument(help: "The text; - reads standard input.") var text: String

        func run() async throws {
            let named = roles.map { "role:\($0)" } + capabilities.map { "capability:\($0)" }
            var message = try manner.message(to: named.isEmpty ? ["all"] : named, text)
            message.category = category
            let client = try options.client()
            guard remember else {
                let sent = try await client.send(message, as: .operator)
                return options.print(sent, "sent \(sent.id) to \(sent.to.joined(separator: ", ")) in \(sent.scope)")
            }
            let discovery = ShareDiscovery(
                content: message.text, category: category, severity: severity, to: message.to, scope: message.scope,
                agent: message.agent)
            let shared = try await client.share(discovery, as: .operator)
            options.print(
                shared,
                "sent \(shared.message.id) to \(shared.interested) agents, kept as \(Table.short(shared.memory))")
        }
    }

    /// `inbox`.
    struct Inbox: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "inbox",
            abstract: "Messages for an agent of this node; with --every those of all agents.",
            discussion: """
                Examples:
                  hivectl inbox --agent ava --unread --wait 5m
                  hivectl inbox --agent ava --read 4f2a 9c1d
                  hivectl inbox --thread 4f2a --every
                """)
        @OptionGroup var options: GlobalOptions
        @Option(help: "Whose inbox.") var agent: String?
        @Flag(help: "Everything that this node holds, whoever it is for.") var every = false
        @Flag(help: "What the agent sent.") var sent = false
        @Flag var unread = false
        @Option(help: "RFC 3339, or how long ago, as 24h.") var since: String?
        @Option(help: "The thread that a message belongs to.") var thread: String?
        @Option(help: "Wait so long where there is nothing yet.") var wait: String?
        @Option(name: .customLong("read"), parsing: .upToNextOption, help: "Say that these were read.") var read:
            [String] = []
        @Option(help: "Show one message in full.") var show: String?
        @Option var limit = 20
        @Option var cursor: String?

        func run() async throws {
            let client = try options.client()
            let caller = Caller(role: .operator, agent: agent)
            if let show {
                let message = try await client.message(show, as: caller)
                return options.print(message, describe(message))
            }
            if !read.isEmpty {
                let answer = try await client.mark(MarkMessages(ids: read, agent: agent), as: caller)
                return options.print(answer, "\(answer.marked) marked as read")
            }
            let page = try await client.messages(try query(), as: caller)
            let rows = page.items.map { message in
                [
                    Table.short(message.id), message.read == false ? "unread" : "", message.kind, message.priority,
                    message.sender, message.sentAt, Table.excerpt(message.subject ?? message.text, 60),
                ]
            }
            options.print(page, Table.text(["ID", "", "KIND", "PRIORITY", "FROM", "SENT", "TEXT"], rows))
        }

        private func query() throws -> MessageQuery {
            var query = MessageQuery(agent: every ? nil : agent)
            query.box = every ? "all" : sent ? "sent" : "inbox"
            query.unread = unread
            query.since = since.map(Moments.ago)
            query.thread = thread
            query.limit = limit
            query.cursor = cursor
            if let wait {
                guard let seconds = Durations.seconds(wait) else {
                    throw Failure.badInput("`\(wait)` is no duration", hint: "write it like 90s or 5m")
                }
                query.wait = seconds
            }
            return query
        }
    }
}

extension String {
    /// Spaces behind it up to a width.
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
