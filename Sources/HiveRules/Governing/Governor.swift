public import HiveCEL

/// Puts operations of a program under the law: what is denied does not begin, what needs approval waits for it, what is
/// to be changed is changed first. Where there is no answer, there is no operation.
///
/// ```swift
/// let receipt = try await governor.governed("payments.refund", context: ["args": .map(ValueMap(["amount": .int(120)]))]) {
///     try await payments.refund(order)
/// }
/// ```
public struct Governor: Sendable {
    private let law: any DecisionMaker
    private let handler: any EffectHandler

    /// How often the law may change while an approval is awaited before the operation is given up.
    private static let mostApprovals = 3

    /// `handler` is asked for approvals and told what was decided; without one, what needs approval is refused.
    public init(law: any DecisionMaker, handler: any EffectHandler = RefusingHandler()) {
        self.law = law
        self.handler = handler
    }

    /// Runs an operation that the law allows. `context` is what the rules may look at: fields of the event `operation`,
    /// or of the one that it names as `event`. Throws ``GovernanceError`` before the operation has begun, and whatever
    /// the operation throws.
    @discardableResult
    public func governed<Outcome>(
        _ operation: String, context: [String: Value] = [:], isolation: isolated (any Actor)? = #isolation,
        _ body: (Governance) async throws -> sending Outcome
    ) async throws -> sending Outcome {
        try await body(try await governance(of: operation, context))
    }

    /// Runs an operation that does not look at what was decided. It is refused where the law would change its input.
    @discardableResult
    public func governed<Outcome>(
        _ operation: String, context: [String: Value] = [:], isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws -> sending Outcome
    ) async throws -> sending Outcome {
        let governance = try await governance(of: operation, context)
        guard governance.decision.transformed.isEmpty else {
            throw GovernanceError(.transformed, of: operation, decision: governance.decision)
        }
        return try await body()
    }

    private func governance(of operation: String, _ context: [String: Value]) async throws -> Governance {
        let question = Self.question(operation, context)
        var approvals: [Governance.Approval] = []
        while true {
            let decision = try await decision(on: question, of: operation)
            await handler.decided(decision, on: question)
            switch decision.effect {
            case .deny: throw GovernanceError(.denied, of: operation, decision: decision)
            case .requireApproval where !approvals.contains { $0.rule == decision.rule }:
                // The law may be another one by the time that somebody approves: it is asked again.
                guard approvals.count < Self.mostApprovals else {
                    throw GovernanceError(.unsettled, of: operation, decision: decision)
                }
                approvals.append(try await approval(of: decision, question, operation))
            default:
                try Task.checkCancellation()
                return Governance(decision: decision, question: question, approvals: approvals)
            }
        }
    }

    private static func question(_ operation: String, _ context: [String: Value]) -> Value {
        var fields = context
        if fields["event"] == nil { fields["event"] = .string("operation") }
        if fields["event"]?.equals(.string("operation")) == true, fields["name"] == nil {
            fields["name"] = .string(operation)
        }
        return .map(ValueMap(fields))
    }

    private func decision(on question: Value, of operation: String) async throws -> Decision {
        do { return try await law.decision(on: question) } catch {
            throw GovernanceError(.unanswered, of: operation, cause: error)
        }
    }

    private func approval(
        of decision: Decision, _ question: Value, _ operation: String
    ) async throws -> Governance.Approval {
        let answer: ApprovalAnswer
        do { answer = try await handler.approval(of: decision, on: question) } catch {
            throw GovernanceError(.unapproved, of: operation, decision: decision, cause: error)
        }
        switch answer {
        case .granted(let person): return Governance.Approval(rule: decision.rule, by: person)
        case .refused(let reason):
            throw GovernanceError(.refused(reason: reason), of: operation, decision: decision)
        }
    }
}
