import HiveCore

/// What a node would leave behind in its hive by joining another one, besides the memories that are re-issued.
enum Leaving {
    /// One line for each kind of thing, for people; empty where the hive is this node's alone.
    static func summary(_ replica: inout Replica, in transaction: any StoreTransaction) throws -> [String] {
        var others: Set<NodeID> = []
        for founding in try replica.foundings(in: transaction) where founding.name.kind != .instance {
            let members = try replica.authority(of: founding.scope, in: transaction).members
            others.formUnion(members.filter { $0.value.role != nil }.keys)
        }
        others.remove(replica.identity.node)
        let rules = try transaction.documents.list(.kind(.rule, scope: nil)).count { !$0.isErased && !$0.isForgotten }
        return [(others.count, "members"), (rules, "rules")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    }
}
