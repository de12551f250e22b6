import ArgumentParser
import HiveAPI

/// `hivectl memory skill …`.
struct SkillCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "skill", abstract: "How things are done, and how that fared.",
        discussion: """
            Example:
              hivectl memory skill list 'a release is broken'
            """,
        subcommands: [Add.self, Refine.self, Used.self, Show.self, List.self, Propose.self])

    static func describe(_ memory: Memory) -> String {
        guard let skill = memory.skill else { return MemoryCommands.describe(memory) }
        var lines = [MemoryCommands.describe(memory), "", "when      \(skill.trigger ?? "-")"]
        lines += skill.steps.enumerated().map { "  \($0 + 1). \($1)" }
        lines.append(fared(skill))
        for refinement in skill.refinements {
            let author = refinement.agent.map { $0 + ": " } ?? ""
            lines.append("  \(refinement.at ?? "-")  \(author)\(refinement.why)")
        }
        for note in skill.notes {
            lines.append("  \(note.at ?? "-")  \(note.result): \(note.agent.map { $0 + ": " } ?? "")\(note.text)")
        }
        return lines.joined(separator: "\n")
    }

    private static func fared(_ skill: SkillDetail) -> String {
        guard skill.uses > 0 else { return "never used" }
        return "worked \(skill.successes) of \(skill.uses) times, at least \(percent(skill.rateAtLeast)) of the time"
    }

    static func percent(_ share: Double?) -> String { "\(Int(((share ?? 0) * 100).rounded())) %" }

    static func list(_ hits: [MemoryHit]) -> String {
        Table.text(
            ["ID", "STATUS", "WORKED", "AT LEAST", "SCOPE", "TITLE", "WHEN"],
            hits.map { hit in
                let skill = hit.memory.skill
                return [
                    Table.short(hit.memory.id), hit.memory.epistemic.status ?? "-",
                    "\(skill?.successes ?? 0)/\(skill?.uses ?? 0)", percent(skill?.rateAtLeast), hit.memory.scope,
                    (hit.memory.contested ? "! " : "") + Table.excerpt(hit.memory.content, 40),
                    Table.excerpt(skill?.trigger, 40),
                ]
            })
    }

    /// `memory skill add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Keep how a thing is done.",
            discussion: """
                The trigger says when it is of use.

                Example:
                  hivectl memory skill add 'Roll back the api' --trigger 'a release is broken' \\
                    --step 'helm rollback api' --step 'watch the error rate'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "What it does, in one line.") var title: String
        @Option(help: "When it is of use.") var trigger: String
        @Option(name: .customLong("step"), help: "As often as needed, in order.") var steps: [String] = []
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option var category: String?
        @Option var context: String?
        @Option(name: .customLong("tag")) var tags: [String] = []
        @Option var confidence: Double?
        @Option var agent: String?

        func run() async throws {
            let request = AddSkill(
                title: title, trigger: trigger, steps: steps, scope: scope, category: category, context: context,
                tags: tags, confidence: confidence, agent: agent)
            let answer = try await options.client().addSkill(request, as: .operator)
            options.print(answer, "stored \(answer.memory.id) in \(answer.memory.scope)")
        }
    }

    /// `memory skill refine`.
    struct Refine: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "refine",
            abstract: "Keep what was learnt about a skill, and better steps.",
            discussion: """
                With --base VERSION steps that somebody else put in since stay beside these.

                Example:
                  hivectl memory skill refine 9c1d77 --why 'pods hung' --step drain --step 'helm rollback api'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .skills) var id: String
        @Option(help: "What was learnt, and how.") var why: String
        @Option(name: .customLong("step"), help: "All steps, in order; without any they stay.") var steps: [String] = []
        @Option var trigger: String?
        @Option(help: "The version that was read.") var base: String?
        @Option var agent: String?

        func run() async throws {
            let request = RefineSkill(
                why: why, steps: steps.isEmpty ? nil : steps, trigger: trigger, agent: agent, version: base)
            let answer = try await options.client().refineSkill(id, with: request, as: .operator)
            let contested = answer.contested ? ", contested: see hivectl conflicts list" : ""
            options.print(answer, "refined \(Table.short(answer.memory.id))\(contested)")
        }
    }

    /// `memory skill used`.
    struct Used: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "used",
            abstract: "Say how a use of a skill went.",
            discussion: """
                A skill that fares better comes before others that fit as well.

                Example:
                  hivectl memory skill used 9c1d77 --result failure --note 'pods hung'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .skills) var id: String
        @Option(help: "success or failure.") var result: String
        @Option(help: "What there is to say about it.") var note: String?
        @Option var agent: String?

        func run() async throws {
            let request = UseSkill(result: result, note: note, agent: agent)
            let answer = try await options.client().useSkill(id, request, as: .operator)
            options.print(answer, answer.memory.skill.map(fared) ?? "")
        }
    }

    /// `memory skill show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "One skill with what was learnt about it.",
            discussion: """
                Its steps, its refinements, and how often it worked.

                Example:
                  hivectl memory skill show 9c1d77
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .skills) var id: String

        func run() async throws {
            let memory = try await options.client().memory(id, as: .operator)
            options.print(memory, describe(memory))
        }
    }

    /// `memory skill list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Skills; with a situation those first whose trigger fits best.",
            discussion: """
                Example:
                  hivectl memory skill list 'the release broke production'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The situation, in plain words.") var situation: String?
        @Option(name: .customLong("tag")) var tags: [String] = []
        @Option var category: String?
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option(help: "As hypothetical, which proposed skills are.") var status: String?
        @Option var limit = 20
        @Option var cursor: String?

        func run() async throws {
            let query = SkillQuery(
                q: situation, limit: limit, tag: tags, category: category, scope: scope, status: status,
                cursor: cursor)
            let page = try await options.client().skills(query, as: .operator)
            options.print(page, list(page.items))
        }
    }

    /// `memory skill propose`.
    struct Propose: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "propose",
            abstract: "Make skills of what similar successful episodes have in common.",
            discussion: """
                What is made is hypothetical, and linked to its episodes. A group is proposed once.

                Example:
                  hivectl memory skill propose --dry-run
                """)
        @OptionGroup var options: GlobalOptions
        @Flag(help: "Only show them.") var dryRun = false
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option(help: "How many similar episodes it takes, 3 or more.") var episodes = 3
        @Option var agent: String?

        func run() async throws {
            let request = ProposeSkills(dryRun: dryRun, scope: scope, episodes: episodes, agent: agent)
            let answer = try await options.client().proposeSkills(request, as: .operator)
            options.print(answer, Self.describe(answer))
        }

        private static func describe(_ answer: SkillProposals) -> String {
            let proposals = answer.items.map { proposal in
                "\(proposal.written ? "wrote" : "would write") \(Table.short(proposal.id)) in \(proposal.scope), "
                    + "from \(proposal.episodes.count) episodes: \(proposal.trigger)\n"
                    + proposal.steps.enumerated().map { "  \($0 + 1). \($1)" }.joined(separator: "\n")
            }
            let rest =
                "looked at \(answer.considered) successful episodes; \(answer.known) groups are known, "
                + "\(answer.withoutSteps) share no step"
            return (proposals + [rest]).joined(separator: "\n")
        }
    }
}
