import ArgumentParser
import HiveAPI

/// `hivectl memory context`, `memory attend` and `memory working …`.
struct WorkingCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "working", abstract: "What an agent has in mind.",
        discussion: """
            A working set is local and written to no log: its memories fade unless somebody looks again.

            Example:
              hivectl memory working list --agent ann
            """,
        subcommands: [List.self, Attend.self, Refresh.self, Evict.self, Clear.self])

    /// Whose working set.
    struct Owner: ParsableArguments {
        @Option(help: "Whose working set it is.") var agent: String?
    }

    static func describe(_ answer: WorkingSetAnswer) -> String {
        let rows = answer.items.map { item in
            [
                Table.short(item.id), item.kind, "\((item.attention * 100).rounded() / 100)",
                item.shortened ? "\(item.tokens) (shortened)" : String(item.tokens), Table.excerpt(item.excerpt, 56),
            ]
        }
        let gone = answer.departed.map { "\($0.why): \($0.id)" }
        return
            ([
                Table.text(["ID", "KIND", "ATTENTION", "TOKENS", "CONTENT"], rows),
                "\(answer.tokens) of \(answer.budget) tokens of \(answer.agent)",
            ] + gone).joined(separator: "\n")
    }

    /// `memory working list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Show a working set, the most attended first.",
            discussion: """
                With --budget: as it would look within so many tokens. Nothing is changed.

                Example:
                  hivectl memory working list --agent ann
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var owner: Owner
        @Option(help: "Tokens.") var budget: Int?

        func run() async throws {
            let query = WorkingQuery(agent: owner.agent, budget: budget)
            let answer = try await options.client().workingSet(query, as: .operator)
            options.print(answer, describe(answer))
        }
    }

    /// `memory attend` and `memory working attend`.
    struct Attend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "attend",
            abstract: "Bring a memory into a working set, or renew it there.",
            discussion: """
                What is not looked at again fades. --budget is kept as the budget of the set.

                Example:
                  hivectl memory attend 3f2a91 --agent ann
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var owner: Owner
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String
        @Option(help: "How much of what is missing to full attention it gives: above 0, up to 1.") var weight: Double?
        @Option(help: "Tokens.") var budget: Int?

        func run() async throws {
            let request = AttendMemory(id: id, agent: owner.agent, weight: weight, budget: budget)
            let answer = try await options.client().attend(request, as: .operator)
            options.print(answer, describe(answer))
        }
    }

    /// `memory working refresh`.
    struct Refresh: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "refresh",
            abstract: "Renew all of a working set.",
            discussion: """
                --budget is kept as the budget of the set.

                Example:
                  hivectl memory working refresh --agent ann
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var owner: Owner
        @Option(help: "Tokens.") var budget: Int?

        func run() async throws {
            let request = RefreshWorking(agent: owner.agent, budget: budget)
            let answer = try await options.client().refresh(request, as: .operator)
            options.print(answer, describe(answer))
        }
    }

    /// `memory working evict`.
    struct Evict: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "evict",
            abstract: "Take a memory out of a working set; it is found by its id as before.",
            discussion: """
                Example:
                  hivectl memory working evict 3f2a91 --agent ann
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var owner: Owner
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String

        func run() async throws {
            let answer = try await options.client().evict(EvictMemory(id: id, agent: owner.agent), as: .operator)
            options.print(answer, describe(answer))
        }
    }

    /// `memory working clear`.
    struct Clear: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "clear",
            abstract: "Take everything out, and drop the budget.",
            discussion: """
                The memories themselves stay.

                Example:
                  hivectl memory working clear --agent ann
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var owner: Owner

        func run() async throws {
            let answer = try await options.client().clear(WorkingQuery(agent: owner.agent), as: .operator)
            options.print(answer, describe(answer))
        }
    }

    /// `memory context`.
    struct Context: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "context",
            abstract: "Print one text for a language model, within a budget of tokens.",
            discussion: """
                What the agent has in mind and what answers the question, the most relevant first. What there was no
                room for is counted in the text, and named on standard error.

                Example:
                  hivectl memory context 'why does the deploy hang' --agent ann --budget 2000
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var owner: Owner
        @Argument(help: "What it is for; - reads standard input.") var query: String?
        @Option(help: "Tokens; default: the budget of the working set.") var budget: Int?
        @Option(help: "plain, json or xml.") var format = "plain"
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option var kind: String?
        @Option var category: String?
        @Option(name: .customLong("tag")) var tags: [String] = []
        @Option(help: "How many memories the search brings at most.") var limit = 50

        func run() async throws {
            let answer = try await options.client().context(
                ContextQuery(
                    q: query == "-" ? try Console.readInput() : query, budget: budget, format: format,
                    agent: owner.agent, scope: scope, kind: kind, category: category, tag: tags, limit: limit),
                as: .operator)
            options.print(answer, answer.block, as: .document)
            guard !options.json, !answer.leftOut.isEmpty else { return }
            Console.write("left out: \(answer.leftOut.map(Table.short).joined(separator: " "))", toError: true)
        }
    }
}
