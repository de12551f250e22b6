import HiveAPI
import HiveCore

/// Memories of a hive that this node left. They wait here, on disk, until they may be written in the hive that it
/// joined; each leaves in the transaction that writes it.
enum Reissue {
    private static let namespace = "reissue"

    /// Keeps memories under their former ids, in the transaction that adopts the other hive.
    static func keep(_ memories: [(id: DocumentID, memory: StoreMemory)], in transaction: any StoreTransaction) throws {
        for entry in memories {
            try transaction.local.set(entry.memory.json.bytes, for: entry.id.bytes, in: namespace)
        }
    }

    static func count(in transaction: any StoreTransaction) throws -> Int { try transaction.local.count(in: namespace) }

    static func waiting(
        limit: Int, in transaction: any StoreTransaction
    ) throws -> [(key: [UInt8], memory: StoreMemory)] {
        try transaction.local.values(in: namespace, after: nil, limit: limit).map { entry in
            (entry.key, try StoreMemory(json: JSONSource(try JSONValue(parsing: entry.value))))
        }
    }

    static func isWaiting(_ key: [UInt8], in transaction: any StoreTransaction) throws -> Bool {
        try transaction.local.value(key, in: namespace) != nil
    }

    static func settle(_ key: [UInt8], in transaction: any StoreTransaction) throws {
        try transaction.local.set(nil, for: key, in: namespace)
    }
}

extension Node {
    /// Writes what waits, as far as this node may write it by now. Answers with how much still waits.
    func reissue() async throws -> Int {
        while true {
            let waiting = try kernel.read { try Reissue.waiting(limit: 256, in: $0) }
            guard !waiting.isEmpty else { return 0 }
            let written = try await withThrowingTaskGroup(of: Bool.self) { group in
                for entry in waiting { group.addTask { try await self.reissue(entry.memory, under: entry.key) } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            if written == 0 { return try kernel.read { try Reissue.count(in: $0) } }
        }
    }

    /// False where the memory may not be written yet: the law of its scope has not arrived, or gives no right to.
    private func reissue(_ memory: StoreMemory, under key: [UInt8]) async throws -> Bool {
        do {
            try await kernel.write { context in
                // Joining and housekeeping may both be at it: whoever comes second finds nothing to do.
                guard try Reissue.isWaiting(key, in: context.transaction) else { return }
                if !Self.hasExpired(memory, by: context.now) {
                    _ = try self.write(memory, agent: memory.agent, in: &context)
                }
                try Reissue.settle(key, in: context.transaction)
            }
            return true
        } catch let error as ReplicaError where [.notPermitted, .unknownScope].contains(error.code) {
            return false
        } catch let error as HiveError where [.forbidden, .unknownScope].contains(error.code) {
            return false
        }
    }

    /// What nobody would find any more is not brought along.
    private static func hasExpired(_ memory: StoreMemory, by now: Timestamp) -> Bool {
        guard let expires = memory.expiresAt.flatMap({ Timestamp(rfc3339: $0) }) else { return false }
        return expires <= now
    }
}
