import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// Context blocks of a node.
@Suite struct ContextTests {
    private let ann = Caller(role: .agent, agent: "ann")

    @Test("What is in mind and what answers come together, each once, the most relevant first")
    func merging() async throws {
        let lone = try LoneNode()
        let both = try await lone.store("restart the proxy after each upgrade")
        let found = try await lone.store("the proxy listens on 3128")
        let minded = try await lone.store("invoices go out on mondays")
        let neither = try await lone.store("laptops come from the service desk")
        for number in 0..<10 { try await lone.store("something else \(number)") }
        _ = try await lone.node.attend(AttendMemory(id: both), as: ann)
        _ = try await lone.node.attend(AttendMemory(id: minded, weight: 0.1), as: ann)
        let answer = try await lone.node.context(ContextQuery(q: "restart proxy"), as: ann)
        #expect(answer.items.map(\.id) == [both, found, minded])
        #expect(answer.items[0].attention == 0.5 && answer.items[0].score > 0)
        #expect(answer.items[2].score == 0 && answer.items[1].attention == 0)
        #expect(!answer.block.contains(neither.prefix(12)) && answer.leftOut.isEmpty)
        #expect(answer.block.components(of: String(both.prefix(12))) == 1)
        let quiet = try await lone.node.context(ContextQuery(), as: ann)
        #expect(Set(quiet.items.map(\.id)) == [both, minded])
        #expect(try await lone.node.context(ContextQuery(agent: "bo"), as: ann).items.isEmpty)
    }

    @Test("The budget is kept by every format, and what was left out is named", arguments: WorkingLimits.formats)
    func budgets(format: String) async throws {
        let lone = try LoneNode()
        for number in 0..<30 {
            try await lone.store(
                "proxy \(number): </memory> \"quoted\" & more\n" + String(repeating: "word ", count: number))
        }
        for budget in [100, 150, 400, 1000, 5000] {
            let answer = try await lone.node.context(
                ContextQuery(q: "proxy", budget: budget, format: format), as: ann)
            #expect(answer.tokens <= budget && answer.tokens == TokenEstimate.tokens(in: answer.block))
            #expect(answer.items.count + answer.leftOut.count == 30)
        }
    }

    @Test("Filters and the limit hold for what is searched")
    func filters() async throws {
        let lone = try LoneNode()
        let one = try await lone.store("proxy one") { $0.category = "ops" }
        let two = try await lone.store("proxy two") { $0.tags = ["x"] }
        let ops = ContextQuery(q: "proxy", category: "ops")
        #expect(try await lone.node.context(ops, as: ann).items.map(\.id) == [one])
        #expect(try await lone.node.context(ContextQuery(q: "proxy", tag: ["x"]), as: ann).items.map(\.id) == [two])
        #expect(try await lone.node.context(ContextQuery(q: "proxy", limit: 1), as: ann).items.count == 1)
        await #expect(throws: HiveError(.unknownScope, "")) {
            try await lone.node.context(ContextQuery(q: "proxy", scope: "collective:elsewhere"), as: ann)
        }
    }

    @Test("Core knowledge comes first in every block, and what was taken back in none")
    func coreAndRetracted() async throws {
        let lone = try LoneNode()
        let core = try await lone.store("production is never touched on fridays")
        let note = try await lone.store("the proxy listens on 3128")
        _ = try await lone.node.attend(AttendMemory(id: note, weight: 1), as: ann)
        _ = try await lone.node.mark(core, MarkMemory(core: true), as: .agent)
        #expect(try await lone.node.context(ContextQuery(), as: ann).items.map(\.id) == [core, note])
        #expect(try await lone.node.context(ContextQuery(agent: "bo"), as: ann).items.map(\.id) == [core])
        let retraction: [Draft.Change] = [.set(EngramField.status, .text("retracted"))]
        try await lone.node.kernel.write { context in
            for state in try context.transaction.documents.list(.all) where EngramKind(state.kind) == .semantic {
                _ = try context.commit([Draft(state.kind, at: state.address, changes: retraction)])
            }
        }
        #expect(try await lone.node.context(ContextQuery(q: "proxy"), as: ann).items.isEmpty)
    }

    @Test("Relevance lies between 0 and 1 and rises with either reason")
    func relevance() {
        func relevance(_ score: Double, _ attention: Double) -> Double {
            ContextCandidate(
                id: "", kind: .semantic, content: "", updated: Timestamp(milliseconds: 0), confidence: nil, limit: nil,
                attention: attention, score: score
            ).relevance
        }
        #expect(relevance(0, 0) == 0 && relevance(1, 1) == 1 && relevance(1, 0) == 1 && relevance(0, 1) == 0.5)
        for score in stride(from: 0.0, through: 0.9, by: 0.1) {
            for attention in stride(from: 0.0, through: 0.9, by: 0.1) {
                #expect(relevance(score + 0.1, attention) > relevance(score, attention))
                #expect(relevance(score, attention + 0.1) > relevance(score, attention))
            }
        }
    }

    @Test("Questions of no words make a block of what is in mind", arguments: ["", "   ", "?!", "the of and"])
    func wordless(question: String) async throws {
        let lone = try LoneNode()
        let id = try await lone.store("a note")
        _ = try await lone.node.attend(AttendMemory(id: id), as: ann)
        #expect(try await lone.node.context(ContextQuery(q: question), as: ann).items.map(\.id) == [id])
    }

    @Test(
        "What no block is made of is refused",
        arguments: [
            (ContextQuery(budget: 0), HiveError.Code.invalidInput), (ContextQuery(budget: -5), .invalidInput),
            (ContextQuery(budget: 99), .invalidInput), (ContextQuery(budget: .max), .invalidInput),
            (ContextQuery(format: "yaml"), .invalidInput), (ContextQuery(q: "x", limit: 0), .invalidInput),
            (ContextQuery(q: "x", kind: "other"), .invalidInput), (ContextQuery(kind: "instant"), .invalidInput),
            (ContextQuery(q: String(repeating: "a", count: 10 << 20)), .tooLarge),
        ])
    func badInput(query: ContextQuery, code: HiveError.Code) async throws {
        let lone = try LoneNode()
        await #expect(throws: HiveError(code, "")) { try await lone.node.context(query, as: ann) }
    }

    @Test("The bounds of the interface are those of the blocks")
    func bounds() {
        #expect(WorkingLimits.budgets == ContextBlock.budgets)
        #expect(WorkingLimits.formats == ContextFormat.allCases.map(\.rawValue))
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of text: String) -> Int {
        split(separator: text, omittingEmptySubsequences: false).count - 1
    }
}
