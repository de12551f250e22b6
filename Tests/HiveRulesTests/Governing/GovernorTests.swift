import HiveCEL
import HiveRules
import Synchronization
import Testing

/// Operations under the law.
@Suite struct GovernorTests {
    /// Answers every request alike and remembers what it was told.
    private final class Approver: EffectHandler {
        private let answer: @Sendable (Int) async throws -> ApprovalAnswer
        private let asked = Mutex(0)
        private let told = Mutex<[RuleEffect]>([])

        init(_ answer: @escaping @Sendable (Int) async throws -> ApprovalAnswer) { self.answer = answer }

        var requests: Int { asked.withLock { $0 } }
        var effects: [RuleEffect] { told.withLock { $0 } }

        func approval(of decision: Decision, on question: Value) async throws -> ApprovalAnswer {
            let count = asked.withLock { count in
                count += 1
                return count
            }
            return try await answer(count)
        }

        func decided(_ decision: Decision, on question: Value) async { told.withLock { $0.append(decision.effect) } }
    }

    private struct Absent: Error {}

    private func ran() { Issue.record("it ran") }

    private static let rules = [
        Law.rule(
            "no-large-refunds",
            "match: {events: [operation]}, when: name == 'refund' && args.amount > 1000, effect: deny, "
                + "message: \"'too much: ' + string(args.amount)\", remediation: ask the treasurer"),
        Law.rule(
            "refunds",
            "match: {events: [operation]}, when: name == 'refund' && args.amount > 100, effect: require-approval"),
        Law.rule(
            "mail", "match: {events: [message.send]}, effect: transform, transform: {content: \"content + ' --'\"}"),
        Law.rule("tone", "effect: set, setting: {name: tone, value: calm}"),
    ]

    private func law() throws -> ActiveLaw { ActiveLaw(try Law.compile(Self.rules), now: { 0 }) }

    private func refund(_ amount: Int64) -> [String: Value] { ["args": .map(ValueMap(["amount": .int(amount)]))] }

    private func reason(_ body: () async throws -> Void) async -> GovernanceError.Reason? {
        do {
            try await body()
            return nil
        } catch { return (error as? GovernanceError)?.reason }
    }

    @Test("What is allowed runs, with its settings; what is denied never begins")
    func denial() async throws {
        let governor = Governor(law: try law())
        let tone = try await governor.governed("refund", context: refund(5)) { governance in
            JSONText.render(governance.setting("tone") ?? .null)
        }
        #expect(tone == "\"calm\"")
        var hasBegun = false
        do {
            try await governor.governed("refund", context: refund(2000)) { hasBegun = true }
            Issue.record("it ran")
        } catch let error as GovernanceError {
            #expect(error.reason == .denied)
            #expect(error.decision?.rule?.id == "no-large-refunds")
            #expect(
                error.description
                    == "`refund` is denied by rule `no-large-refunds`, version 1: too much: 2000\nhint: ask the treasurer"
            )
        }
        #expect(!hasBegun)
    }

    @Test("What cannot be answered does not begin")
    func unanswered() async throws {
        let governor = Governor(law: try law())
        #expect(await reason { try await governor.governed("refund") { ran() } } == .denied)
        let unknown = await reason {
            try await governor.governed("refund", context: ["amuont": .int(1)]) { ran() }
        }
        #expect(unknown == .unanswered)
    }

    @Test("Approval is asked for once, and named")
    func approval() async throws {
        let approver = Approver { _ in .granted(by: "ava") }
        let governor = Governor(law: try law(), handler: approver)
        let names = try await governor.governed("refund", context: refund(200)) { $0.approvals.map(\.by) }
        #expect(names == ["ava"])
        #expect(approver.requests == 1)
        #expect(approver.effects == [.requireApproval, .requireApproval], "asked again after the approval")
    }

    @Test("Refusals, failures and nobody there keep it from beginning")
    func refusal() async throws {
        let law = try law()
        let context = refund(200)
        func reason(_ handler: any EffectHandler) async -> GovernanceError.Reason? {
            await self.reason {
                try await Governor(law: law, handler: handler).governed("refund", context: context) {
                    ran()
                }
            }
        }
        #expect(await reason(Approver { _ in .refused(reason: "no") }) == .refused(reason: "no"))
        #expect(await reason(Approver { _ in throw Absent() }) == .unapproved)
        #expect(await reason(RefusingHandler()) == .refused(reason: "nobody is there to approve"))
    }

    @Test("A law that changes while approval is awaited counts")
    func changes() async throws {
        let law = try law()
        let stricter = try Law.compile([Law.rule("closed", "effect: deny")])
        let approver = Approver { _ in
            await law.replace(stricter)
            return .granted(by: "ava")
        }
        let governor = Governor(law: law, handler: approver)
        #expect(await reason { try await governor.governed("refund", context: refund(200)) {} } == .denied)

        let restless = ActiveLaw(try Law.compile([Law.rule("r0", "effect: require-approval")]), now: { 0 })
        let changing = Approver { count in
            await restless.replace(try Law.compile([Law.rule("r\(count)", "effect: require-approval")]))
            return .granted(by: "ava")
        }
        let patient = Governor(law: restless, handler: changing)
        #expect(await reason { try await patient.governed("x") {} } == .unsettled)
        #expect(changing.requests == 3)
    }

    @Test("A transformed input reaches the operation, or the operation does not begin")
    func transformation() async throws {
        let governor = Governor(
            law: ActiveLaw(
                try Law.compile([
                    Law.rule(
                        "mail",
                        "match: {events: [message.send]}, when: \"!content.endsWith('--')\", effect: transform, "
                            + "transform: {content: \"content + ' --'\"}")
                ]), now: { 0 }))
        let context: [String: Value] = ["event": .string("message.send"), "content": .string("hello")]
        let text = try await governor.governed("mail", context: context) { JSONText.render($0["content"] ?? .null) }
        #expect(text == "\"hello --\"")
        #expect(await reason { try await governor.governed("mail", context: context) {} } == .transformed)
    }

    @Test("A cancelled operation does not begin, and what an operation throws comes through")
    func errors() async throws {
        let governor = Governor(law: try law())
        await #expect(throws: Absent.self) {
            try await governor.governed("refund", context: refund(1)) { throw Absent() }
        }
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await governor.governed("refund", context: refund(1)) { ran() }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("Replacing the law is one step for everybody who asks")
    func swaps() async throws {
        func edition(_ number: Int) throws -> CompiledRuleSet {
            try Law.compile([
                Law.rule("a", "effect: set, setting: {name: a, value: \(number)}"),
                Law.rule("b", "effect: set, setting: {name: b, value: \(number)}"),
            ])
        }
        let law = ActiveLaw(try edition(0), now: { 0 })
        let question = Value.map(ValueMap(["event": .string("operation")]))
        let editions = try (1...50).map(edition)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    for _ in 0..<500 {
                        let settings = try await law.decision(on: question).settings
                        #expect(JSONText.render(settings["a"] ?? .null) == JSONText.render(settings["b"] ?? .null))
                    }
                }
            }
            group.addTask {
                for (place, next) in editions.enumerated() {
                    await law.replace(next)
                    let settings = try await law.decision(on: question).settings
                    #expect(JSONText.render(settings["a"] ?? .null) == "\(place + 1)")
                }
            }
            try await group.waitForAll()
        }
    }
}
