import HiveCore
import Logging

/// What a node does for messages by itself: it says that those for its agents have arrived, and has what it sent taken away
/// when its time is over.
struct Postman {
    let node: Node
    let logger: Logger
    /// How many messages one write is about.
    static let batch = 256

    /// Runs until cancelled.
    func run() async {
        for await _ in node.messageIndex.changes() {
            do { try await deliver() } catch {
                logger.error("that messages arrived could not be said, the next one tries again: \(error)")
            }
        }
    }

    /// Writes what is to be said to the senders of messages for agents of this node.
    func deliver() async throws {
        let own = node.kernel.identity.node
        let now = node.kernel.surroundings.now()
        var arrived: [(entry: MessageIndex.Entry, agent: String)] = []
        for entry in try node.messageIndex.all() where entry.node != own && !entry.isOver(at: now) {
            for case .agent(let name, own) in entry.recipients
            where !entry.receipts.contains(where: { $0.agent == name && $0.node == own }) {
                arrived.append((entry, name))
            }
        }
        guard !arrived.isEmpty else { return }
        let writable = try node.kernel.consult { try Receipts.writableScopes(&$0, $1) }
        let due = arrived.filter { writable.contains($0.entry.address.scope) }
            .sorted { $0.entry.address < $1.entry.address }
        guard !due.isEmpty else { return }
        try await node.kernel.write { try Receipts(mark: .delivered).write(Array(due.prefix(Self.batch)), in: &$0) }
    }

    /// Takes away what this node sent and whose time is over, everywhere. It was in no inbox any more before that.
    func prune(atMost most: Int = batch) async throws {
        let own = node.kernel.identity.node
        let now = node.kernel.surroundings.now()
        let expired = try node.messageIndex.all().filter { $0.node == own && $0.isOver(at: now) }
        guard !expired.isEmpty else { return }
        // Those of scopes that this node may not write any more would come first in every round, for ever.
        let writable = try node.kernel.consult { try Receipts.writableScopes(&$0, $1) }
        let over = expired.filter { writable.contains($0.address.scope) }
            .sorted { $0.address < $1.address }.prefix(most)
        guard !over.isEmpty else { return }
        let addresses = over.map(\.address)
        try await node.kernel.write { context in
            for address in addresses {
                try context.commitWhereAllowed(
                    Draft(
                        .message, at: address, resolves: true,
                        changes: [.set(ReservedField.erasure, .integer(context.now.milliseconds))]))
            }
            for address in addresses { try ReadMark.remove(address, in: context.transaction) }
        }
        node.messageIndex.note(Set(addresses))
    }
}
