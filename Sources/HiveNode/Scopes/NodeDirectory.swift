import HiveAPI
import HiveCore

/// The nodes that this one has heard of, by the names that people use.
struct NodeDirectory {
    /// What nodes call themselves, and what the law of a scope calls them.
    private var names: [NodeID: Set<String>] = [:]

    init(_ replica: inout Replica, _ transaction: any StoreTransaction, own name: String) throws {
        names[replica.identity.node] = [name]
        for record in try PeerRecord.all(in: transaction) { names[record.node, default: []].insert(record.name) }
        for founding in try replica.foundings(in: transaction) where founding.name.kind != .instance {
            for (node, member) in try replica.authority(of: founding.scope, in: transaction).members {
                names[node, default: []].insert(member.name)
            }
        }
    }

    /// What a node is called; empty where nobody said.
    func name(of node: NodeID) -> String { names[node]?.filter { !$0.isEmpty }.min() ?? "" }

    /// The node with a name, or whose id begins so. Throws `not_found`, or `ambiguous` listing who is meant.
    func require(_ text: String) throws(HiveError) -> NodeID {
        var found = names.filter { $0.value.contains(text) && !text.isEmpty }.map(\.key)
        if found.isEmpty, text.count >= 4 {
            found = names.keys.filter { $0.description.hasPrefix(text.lowercased()) }
        }
        guard found.count <= 1 else {
            let list = found.sorted().map { "\($0.short)… (\(name(of: $0)))" }.joined(separator: ", ")
            throw HiveError(.ambiguous, "`\(text)` may be \(list)", hint: "give more digits of the id")
        }
        guard let node = found.first else {
            throw HiveError(
                .notFound, "no node is called `\(text)` here",
                hint: "see `hivectl peers list`; invite it to the hive first")
        }
        return node
    }
}
