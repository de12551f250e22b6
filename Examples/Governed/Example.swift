import Foundation
import HiveRules

/// Runs a few operations under the rules of a file: `governed-example Examples/Governed/refunds.yaml`.
@main
struct Example {
    static func main() async throws {
        guard let path = CommandLine.arguments.dropFirst().first else {
            print("usage: governed-example RULES.yaml")
            exit(2)
        }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let contents = try RuleFiles.load([.init(path: path, text: text)])
        let law = ActiveLaw(
            try CompiledRuleSet.compile(contents, label: "example"),
            now: { Int64(Date().timeIntervalSince1970 * 1000) })
        let governor = Governor(law: law, handler: Treasurer(knownOrders: ["A-1", "A-2"]))
        let refunds = Refunds(governor: governor)
        for (order, amount) in [("A-1", 20), ("A-1", 80), ("A-2", 400), ("B-9", 400), ("A-1", 5000)] {
            await show { try await refunds.refund(order, amount: Int64(amount)) }
        }
        await show { try await refunds.write("Your card 4111 1111 1111 1111 was credited.", to: "mia") }
    }

    private static func show(_ operation: @Sendable () async throws -> String) async {
        do { print(try await operation()) } catch { print("not done: \(error)") }
    }
}
