import HiveCEL
import HiveRules

/// Somebody who approves refunds of orders that are known. A real one would ask a person and wait.
struct Treasurer: EffectHandler {
    let knownOrders: Set<String>

    func approval(of decision: Decision, on question: Value) async throws -> ApprovalAnswer {
        guard case .map(let fields) = question, case .map(let arguments)? = fields["args"],
            case .string(let order)? = arguments["order"], knownOrders.contains(order)
        else { return .refused(reason: "the treasurer knows no such order") }
        return .granted(by: "treasurer")
    }

    func decided(_ decision: Decision, on question: Value) async {
        guard decision.effect == .warn else { return }
        print("warning: \(decision.message)")
    }
}
