import HiveCore

/// Which messages an agent of this node has read. Kept on this node alone: an agent has one node, and one inbox.
enum ReadMark {
    private static let namespace = "messages-read"

    private static func key(_ address: DocumentAddress, _ agent: String) -> [UInt8] {
        address.document.bytes + address.scope.digest.bytes + Array(agent.utf8)
    }

    static func isRead(_ address: DocumentAddress, by agent: String, in transaction: any StoreTransaction) throws
        -> Bool
    {
        try transaction.local.value(key(address, agent), in: namespace) != nil
    }

    static func set(
        _ address: DocumentAddress, by agent: String, at time: Timestamp, in transaction: any StoreTransaction
    ) throws {
        try transaction.local.set(
            CBORValue.integer(time.milliseconds).encoded(), for: key(address, agent), in: namespace)
    }

    /// Forgets who has read a message that is gone.
    static func remove(_ address: DocumentAddress, in transaction: any StoreTransaction) throws {
        let prefix = key(address, "")
        var last: [UInt8]? = prefix
        while let after = last {
            let page = try transaction.local.values(in: namespace, after: after, limit: 64)
            last = nil
            for entry in page where entry.key.starts(with: prefix) {
                try transaction.local.set(nil, for: entry.key, in: namespace)
                last = entry.key
            }
        }
    }
}
