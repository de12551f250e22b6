import HiveCore

/// Whether a node that joined a hive has heard its law. Until it has been in step with somebody who makes the law it
/// knows no rule, and must not answer as though there were none.
enum LawArrival {
    private static let namespace = "node"
    private static let key = Array("awaits-law".utf8)

    /// From now on the law is awaited.
    static func begin(_ context: inout WriteContext) throws {
        try context.transaction.local.set([1], for: key, in: namespace)
        context.rules = true
    }

    static func isAwaited(in transaction: any StoreTransaction) throws -> Bool {
        try transaction.local.value(key, in: namespace) != nil
    }

    /// This node and a peer hold the same. Ends the wait where the peer makes the law.
    static func heard(from peer: NodeID, by kernel: NodeKernel) async throws {
        guard try kernel.read({ try isAwaited(in: $0) }) else { return }
        try await kernel.write { context in
            for founding in try context.replica.foundings(in: context.transaction)
            where founding.name == .universal && founding.hive == context.replica.identity.hive {
                let law = try context.replica.authority(of: founding.scope, in: context.transaction)
                guard law.role(of: peer) == .steward, law.role(of: context.replica.identity.node) != nil else {
                    continue
                }
                try context.transaction.local.set(nil, for: key, in: namespace)
                context.rules = true
            }
        }
    }
}
