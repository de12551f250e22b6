import HiveCore

/// Says to senders what became of their messages. Only of those that name one agent: a message to all would come back as
/// often as there are readers.
struct Receipts {
    let mark: Message.Receipt.Mark

    /// Writes a receipt for each message and reader, where this node may write. What cannot be said is let be: the message is
    /// there all the same.
    func write(_ messages: [(entry: MessageIndex.Entry, agent: String)], in context: inout WriteContext) throws {
        let node = context.replica.identity.node
        let writable = try Self.writableScopes(&context.replica, context.transaction)
        var drafts: [Draft] = []
        for (entry, agent) in messages where writable.contains(entry.address.scope) {
            let receipt = Message.Receipt(agent: agent, node: node, mark: mark, at: context.now)
            drafts.append(
                Draft(
                    .message, at: entry.address, agent: agent,
                    changes: [.append(MessageField.receipts, [receipt.value])]))
        }
        if !drafts.isEmpty { _ = try context.commit(drafts) }
    }

    /// The scopes whose traffic this node may write.
    static func writableScopes(_ replica: inout Replica, _ transaction: any StoreTransaction) throws -> Set<ScopeID> {
        let node = replica.identity.node
        var writable: Set<ScopeID> = []
        for founding in try replica.foundings(in: transaction) {
            let role = try replica.authority(of: founding.scope, in: transaction).role(of: node)
            if founding.founder == node || role?.mayWrite(.traffic) ?? false { writable.insert(founding.scope) }
        }
        return writable
    }
}
