import ArgumentParser
import HiveAPI

/// The commands of `hivectl memory` that are about belief.
extension MemoryCommands {
    /// How far a memory is believed, in one line; nil where the node does not say.
    static func belief(_ memory: Memory) -> String? {
        let known = memory.epistemic
        guard let value = known.effectiveConfidence else { return nil }
        var parts = [known.status ?? "no status", memory.confidence.map { "stated \(share($0))" } ?? "nothing stated"]
        if let trust = known.trust, trust < 1 { parts.append("trust \(share(trust))") }
        if known.verifications > 0 { parts.append("\(known.verifications) verified") }
        if known.contradictions > 0 { parts.append("\(known.contradictions) contradicted") }
        return "\(share(value)) (\(parts.joined(separator: ", ")))"
    }

    static func share(_ value: Double) -> String {
        let hundredths = Int((min(1, max(0, value)) * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    /// The parts of each score, below the hits.
    static func reasons(_ hits: [MemoryHit]) -> String {
        let parts = ["words", "meaning", "fused", "recency", "confidence", "trust", "factor"]
        let rows = hits.map { hit in
            [Table.short(hit.memory.id), share(hit.score)]
                + parts.map { hit.why?[$0]?.double.map(share) ?? "-" }
        }
        return rows.isEmpty ? "" : "\n\n" + Table.text(["ID", "SCORE"] + parts.map { $0.uppercased() }, rows)
    }

    static func describe(_ report: BeliefReport) -> String {
        func who(_ agent: String?, _ node: String) -> String {
            "\(agent.map { $0 + " on " } ?? "")\(Table.short(node))"
        }
        var lines = [
            "believed  \(share(report.confidence))",
            "stated    \(share(report.stated))\(report.assumed ? ", assumed" : "") (\(report.status ?? "no status"), "
                + "at most \(share(report.ceiling)))",
            "age       \(report.ageSeconds / 86_400) days since \(report.since): \(share(report.freshness)) is left"
                + (report.halfLifeSeconds.map { ", half every \($0 / 86_400) days" } ?? ", it does not age"),
            "trust     \(share(report.trust))",
        ]
        for witness in report.witnesses {
            lines.append(
                "          \(who(witness.agent, witness.node)) \(share(witness.trust))"
                    + (witness.memory.map { ", in \(Table.short($0))" } ?? ""))
        }
        for id in report.unresolved { lines.append("          made from \(Table.short(id)), which is not here") }
        for assessment in report.assessments {
            let why = [assessment.by.map { "by \(Table.short($0))" }, assessment.reason].compactMap(\.self)
            lines.append(
                "\(assessment.verdict)  \(assessment.at) by \(who(assessment.agent, assessment.node)) "
                    + "\(share(assessment.trust))\(why.isEmpty ? "" : ": " + why.joined(separator: ", "))")
        }
        if let retraction = report.retraction { lines.append("retracted \(describe(retraction))") }
        if report.use.uses > 0 {
            lines.append("used      \(report.use.uses) times, last \(report.use.lastUsedAt ?? "")")
        }
        return lines.joined(separator: "\n")
    }

    static func describe(_ retraction: RetractionNote) -> String {
        retraction.reason + (retraction.kept.map { "; \(Table.short($0)) stands in its place" } ?? "")
    }

    /// `memory verify`.
    struct VerifyMemory: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Say that a memory holds: it is believed more and counts as fresh again.",
            discussion: """
                Authors who verify their own memory start its clock and add nothing.

                Example:
                  hivectl memory verify 3f2a91 --reason 'asked the server'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String
        @Option(help: "How it was checked.") var reason: String?
        @Flag(help: "Take back what you said before.") var withdraw = false
        @Option var agent: String?

        func run() async throws {
            let request = AssessMemory(reason: reason, withdraw: withdraw, agent: agent)
            let answer = try await options.client().verify(id, with: request, as: .operator)
            options.print(answer, "believed \(MemoryCommands.belief(answer.memory) ?? "")")
        }
    }

    /// `memory contradict`.
    struct ContradictMemory: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "contradict", abstract: "Say that a memory does not hold, by another one or by a reason.",
            discussion: """
                --withdraw takes one's own word back.

                Example:
                  hivectl memory contradict 3f2a91 --by 9c01d7
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String
        @Option(help: "The id of the memory that speaks against it.") var by: String?
        @Option(help: "Why it does not hold.") var reason: String?
        @Flag(help: "Take back what you said before.") var withdraw = false
        @Option var agent: String?

        func run() async throws {
            let request = AssessMemory(reason: reason, by: by, withdraw: withdraw, agent: agent)
            let answer = try await options.client().contradict(id, with: request, as: .operator)
            options.print(answer, "believed \(MemoryCommands.belief(answer.memory) ?? "")")
        }
    }

    /// `memory retract`.
    struct RetractCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retract", abstract: "Take a memory back; an update with a status reverses it.",
            discussion: """
                It stays readable with its reason, and is believed no longer, in its promoted copies too.

                Example:
                  hivectl memory retract 3f2a91 --reason 'it was web-4'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String
        @Option(help: "Why it does not hold.") var reason: String
        @Option(help: "The id of the memory that stands in its place.") var kept: String?
        @Option(help: "The version that was read.") var base: String?
        @Option var agent: String?

        func run() async throws {
            let request = RetractMemory(reason: reason, kept: kept, agent: agent, version: base)
            let answer = try await options.client().retract(id, with: request, as: .operator)
            let id = Table.short(answer.memory.id)
            options.print(answer, "retracted \(id); hivectl memory update \(id) --status observed brings it back")
        }
    }

    /// `memory used`.
    struct Used: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "used",
            abstract: "Count that a memory was of use here.",
            discussion: """
                On this node alone: it is written to no log. What is used fades later.

                Example:
                  hivectl memory used 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String
        @Option(help: "How often.") var times = 1

        func run() async throws {
            let report = try await options.client().use(id, with: UseMemory(times: times), as: .operator)
            options.print(report, "used \(report.uses) times")
        }
    }

    /// `memory belief`.
    struct Belief: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "belief",
            abstract: "How far a memory is believed, and why.",
            discussion: """
                Everything that went into the number: the author, the age, the readers, the sources.

                Example:
                  hivectl memory belief 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String

        func run() async throws {
            let report = try await options.client().belief(id, as: .operator)
            options.print(report, describe(report))
        }
    }

    /// `memory beliefs`.
    struct Beliefs: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "beliefs",
            abstract: "What is believed, now or at a time, the last changed first.",
            discussion: """
                A belief is a memory with subject, relation and object.

                Examples:
                  hivectl memory beliefs --subject web-3
                  hivectl memory beliefs --subject web-3 --at 2026-11-01T00:00:00Z
                """)
        @OptionGroup var options: GlobalOptions
        @Option(help: "What it is about.") var subject: String?
        @Option(help: "Which property.") var relation: String?
        @Option(help: "A time in RFC 3339: what was believed then.") var at: String?
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Flag(help: "Also what was taken back.") var retracted = false
        @Option var limit = 100
        @Option var cursor: String?

        func run() async throws {
            let query = BeliefQuery(
                subject: subject, relation: relation, at: at, scope: scope, retracted: retracted, limit: limit,
                cursor: cursor)
            let page = try await options.client().beliefs(query, as: .operator)
            let rows = page.items.map { memory in
                [
                    Table.short(memory.id), memory.epistemic.subject ?? "", memory.epistemic.relation ?? "",
                    Table.excerpt(memory.epistemic.object, 40), memory.epistemic.effectiveConfidence.map(share) ?? "-",
                    memory.epistemic.status ?? "-",
                ]
            }
            options.print(page, Table.text(["ID", "SUBJECT", "RELATION", "OBJECT", "BELIEVED", "STATUS"], rows))
        }
    }
}
