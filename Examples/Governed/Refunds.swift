import HiveCEL
import HiveRules

/// A service that pays money back. It holds no rule about who may have how much: the law does.
struct Refunds {
    let governor: Governor

    /// Pays an amount back and says so. Throws `GovernanceError` where the law does not let it.
    func refund(_ order: String, amount: Int64) async throws -> String {
        let context: [String: Value] = ["args": .map(ValueMap(["order": .string(order), "amount": .int(amount)]))]
        return try await governor.governed("payments.refund", context: context) { governance in
            let approval = governance.approvals.first.map { ", approved by \($0.by)" } ?? ""
            return "refunded \(amount) for \(order)\(approval)"
        }
    }

    /// Writes to a customer. The law may change the text.
    func write(_ text: String, to customer: String) async throws -> String {
        let context: [String: Value] = [
            "event": .string("message.send"), "to": .list([.string(customer)]), "content": .string(text),
        ]
        return try await governor.governed("mail", context: context) { governance in
            guard case .string(let allowed)? = governance["content"] else { return "wrote nothing" }
            return "wrote to \(customer): \(allowed)"
        }
    }
}
