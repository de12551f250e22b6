public import HiveCore

/// How a node comes to life: it founds a hive or takes up the one it belongs to, in the right incarnation.
public enum NodeOpening {
    private static let namespace = "node"
    private static let incarnationKey = Array("incarnation".utf8)
    private static let birthKey = Array("birth".utf8)
    private static let keyKey = Array("key".utf8)

    /// Reads or makes what a node is. `mustReincarnate` begins a new life, in which logs of the last one are never
    /// appended to.
    public static func open(
        _ store: any Store, key: PublicKey, mustReincarnate: Bool, now: Timestamp
    ) throws -> Replica {
        var random = SystemRandomNumberGenerator()
        return try store.write { transaction in
            var incarnation = try transaction.local.value(incarnationKey, in: namespace).flatMap(
                Incarnation.init(bytes:))
            if incarnation == nil || mustReincarnate {
                let fresh = Incarnation(using: &random)
                try transaction.local.set(fresh.bytes, for: incarnationKey, in: namespace)
                try noteBirth(at: now, in: transaction)
                incarnation = fresh
            }
            try recognize(key, in: transaction)
            try transaction.renewIndex()
            guard let incarnation else { throw ReplicaError(.missing, "the node has no incarnation") }
            if let founding = try HiveRecord.load(in: transaction) {
                let identity = NodeIdentity(hive: founding.hive, key: key, incarnation: incarnation)
                return try Replica(identity: identity, reading: transaction)
            }
            let founding = HiveFounding(founders: [key], salt: Incarnation(using: &random).bytes)
            let identity = NodeIdentity(hive: founding.hive, key: key, incarnation: incarnation)
            var replica = try Replica(identity: identity, reading: transaction)
            try found(founding, replica: &replica, in: transaction, now: now, random: &random)
            return replica
        }
    }

    /// A database belongs to the key that it was made with.
    private static func recognize(_ key: PublicKey, in transaction: any StoreTransaction) throws {
        guard let known = try transaction.local.value(keyKey, in: namespace) else {
            return try transaction.local.set(key.bytes, for: keyKey, in: namespace)
        }
        guard known == key.bytes else {
            throw StoreError(
                .corrupt, "the key file holds another key than the one that this database was made with",
                hint: "put back the key file from a copy, or move the data directory away and join the hive anew")
        }
    }

    /// Begins a new life of a running node: its present logs are never appended to again.
    static func reincarnate(_ context: inout WriteContext) throws {
        let fresh = Incarnation(using: &context.random)
        try context.transaction.local.set(fresh.bytes, for: incarnationKey, in: namespace)
        try noteBirth(at: context.now, in: context.transaction)
        context.replica.identity.incarnation = fresh
    }

    private static func noteBirth(at now: Timestamp, in transaction: any StoreTransaction) throws {
        try transaction.local.set(
            CBORValue.unsigned(UInt64(max(now.milliseconds, 0))).encoded(), for: birthKey, in: namespace)
    }

    /// When this life began; nil where it began before that was noted.
    static func birth(in transaction: any StoreTransaction) throws -> Timestamp? {
        try transaction.local.value(birthKey, in: namespace).flatMap { try CBORValue(decoding: $0).integer }
            .map { Timestamp(milliseconds: $0) }
    }

    /// Founds a hive with its two shared scopes.
    private static func found(
        _ founding: HiveFounding, replica: inout Replica, in transaction: any StoreTransaction, now: Timestamp,
        random: inout some RandomNumberGenerator
    ) throws {
        try HiveRecord.save(founding, in: transaction)
        let scopes = [ScopeName.universal, .main].map {
            ScopeFounding(hive: founding.hive, name: $0, founder: replica.identity.node)
        }
        for scope in scopes { try replica.learn(scope, in: transaction) }
        let document = DocumentID.derived(
            kind: DocumentKind.hiveFounding.rawValue, key: founding.hive.digest.bytes, generation: 0)
        let hive = Draft(
            .hiveFounding, at: DocumentAddress(scope: scopes[0].scope, document: document),
            changes: [.set(LawField.statement, .bytes(founding.encoded()))])
        for scope in scopes {
            let drafts = [Replica.foundingDraft(scope)] + (scope.name == .universal ? [hive] : [])
            _ = try replica.commit(drafts, in: transaction, now: now, random: &random)
        }
    }
}
