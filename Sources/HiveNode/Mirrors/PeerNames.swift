import HiveCore

/// What the nodes of the hive are called: as the law says, else as they say themselves.
struct PeerNames: Sendable {
    private let names: [NodeID: String]
    private let members: Set<NodeID>

    static func current(_ kernel: NodeKernel) throws -> PeerNames {
        try kernel.consult { try PeerNames(&$0, $1) }
    }

    /// - Parameter own: what this node calls itself, where it is to be among them.
    init(_ replica: inout Replica, _ transaction: any StoreTransaction, own: String? = nil) throws {
        var names: [NodeID: String] = [:]
        for record in try PeerRecord.all(in: transaction) { names[record.node] = record.name }
        var members: Set<NodeID> = []
        for founding in try replica.foundings(in: transaction) where founding.name == .main {
            for (node, member) in try replica.authority(of: founding.scope, in: transaction).members {
                guard member.role != nil else { continue }
                members.insert(node)
                if !member.name.isEmpty { names[node] = member.name }
            }
        }
        if let own { names[replica.identity.node] = own }
        self.names = names
        self.members = members
    }

    subscript(node: NodeID) -> String? { names[node].flatMap { $0.isEmpty ? nil : $0 } }

    func isMember(_ node: NodeID) -> Bool { members.contains(node) }

    /// The node with a name, or whose id begins so (8 digits at least); nil for none, and for more than one.
    func node(called text: String) -> NodeID? {
        let named = names.filter { $0.value == text }.map(\.key)
        if !named.isEmpty { return named.count == 1 ? named[0] : nil }
        guard text.count >= 8 else { return nil }
        let found = Set(names.keys).union(members).filter { $0.description.hasPrefix(text.lowercased()) }
        return found.count == 1 ? found.first : nil
    }
}
