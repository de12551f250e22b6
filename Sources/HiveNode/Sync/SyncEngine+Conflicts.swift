import HiveCore
import HiveSync

extension SyncEngine {
    /// How many documents one message names.
    private static let most = 256

    /// Tells connected peers that conflicts about memories began, or ended, those peers that may read them. It informs:
    /// nothing waits for it, and nothing depends on it.
    func tell(of documents: [DocumentAddress], began: Bool) throws {
        let links = links
        guard !links.isEmpty else { return }
        for (peer, link) in links {
            let told = try kernel.consult { replica, transaction in
                try documents.filter { document in
                    guard let founding = try replica.founding(of: document.scope, in: transaction) else { return false }
                    let authority = try replica.authority(of: document.scope, in: transaction)
                    let node = replica.identity.node
                    return ExchangeGate.permits(peer, founding, .knowledge, own: node, authority: authority)
                }
            }
            for start in stride(from: 0, to: told.count, by: Self.most) {
                let part = Array(told[start..<min(start + Self.most, told.count)])
                let message: SyncMessage = began ? .conflictNotification(part) : .conflictResolution(part)
                Task { await link.inform(message) }
            }
        }
    }
}
