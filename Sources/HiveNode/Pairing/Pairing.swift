import HiveAPI
import HiveCore
import HiveSync

/// How a node becomes part of a hive: a steward invites, a newcomer shows the invitation's secret once.
struct Pairing {
    let kernel: NodeKernel

    private static let invitations = "invitations"

    /// Keeps the hash of a new secret with the role that it gives; returns the secret.
    func invite(role: Role, expires: Timestamp) async throws -> [UInt8] {
        try await kernel.write { context in
            let scopes = try Self.stewarded(in: &context)
            guard !scopes.isEmpty else {
                throw ReplicaError(.notPermitted, "this node is no steward of any shared scope, so it cannot invite")
            }
            let secret = Incarnation(using: &context.random).bytes
            let record = CBORValue.array([.unsigned(UInt64(role.rawValue)), .integer(expires.milliseconds)])
            try context.transaction.local.set(
                record.encoded(), for: Self.key(secret), in: Self.invitations)
            return secret
        }
    }

    static func hasInvitations(in transaction: any StoreTransaction) throws -> Bool {
        try transaction.local.count(in: invitations) > 0
    }

    private static func key(_ secret: [UInt8]) -> [UInt8] {
        Digest.sha256(domain: "hive/1/invitation", secret).bytes
    }

    /// The shared scopes that this node may give to others.
    private static func stewarded(in context: inout WriteContext) throws -> [ScopeFounding] {
        let node = context.replica.identity.node
        return try context.replica.foundings(in: context.transaction).filter { founding in
            guard founding.name.kind == .collective || founding.name.kind == .universal else { return false }
            return try context.replica.authority(of: founding.scope, in: context.transaction).role(of: node) == .steward
        }
    }

    /// Takes in a newcomer: grants it the scopes, remembers it, and uses up the invitation; all or nothing.
    func welcome(
        _ joining: SyncMessage.JoinRequest, key: PublicKey, name: String
    ) async throws -> SyncMessage.JoinResponse {
        try await kernel.write { context in
            let role = try Self.redeem(joining.secret, in: context)
            let scopes = try Self.stewarded(in: &context)
            let grant = Grant(node: key.nodeID, role: role, name: joining.name)
            _ = try context.commit(scopes.map { Replica.grantDraft(grant, in: $0.scope) })
            try PeerRecord(key: key, name: joining.name, address: joining.address).save(in: context.transaction)
            let peers = try PeerRecord.all(in: context.transaction).filter { $0.key != key }.map {
                SyncMessage.KnownPeer(key: $0.key, name: $0.name, address: $0.address)
            }
            guard let founding = try HiveRecord.load(in: context.transaction) else {
                throw ReplicaError(.missing, "this node has no hive")
            }
            return SyncMessage.JoinResponse(hive: founding, name: name, scopes: scopes, peers: peers)
        }
    }

    private static func redeem(_ secret: [UInt8], in context: WriteContext) throws -> Role {
        let local = context.transaction.local
        guard let bytes = try local.value(key(secret), in: invitations),
            case .array(let parts) = try CBORValue(decoding: bytes), parts.count == 2,
            let code = parts[0].integer, let role = UInt8(exactly: code).flatMap(Role.init(rawValue:)),
            let expires = parts[1].integer
        else { throw ReplicaError(.notPermitted, "the invitation is not known here, or was used already") }
        guard context.now.milliseconds < expires else {
            throw ReplicaError(.notPermitted, "the invitation has expired; ask for a new one")
        }
        try local.set(nil, for: key(secret), in: invitations)
        return role
    }

    /// Becomes part of the inviter's hive, and keeps what is to be re-issued there.
    func adopt(
        _ response: SyncMessage.JoinResponse, inviter: PeerRecord,
        keeping memories: [(id: DocumentID, memory: StoreMemory)]
    ) async throws {
        let identity = kernel.identity
        let adopted = NodeIdentity(hive: response.hive.hive, key: identity.key, incarnation: identity.incarnation)
        try await kernel.write { context in
            try HiveRecord.save(response.hive, in: context.transaction)
            for founding in response.scopes {
                guard response.hive.permits(founding) else {
                    throw ReplicaError(.misuse, "the inviter named a scope that is not its hive's")
                }
                try context.replica.learn(founding, in: context.transaction)
            }
            if adopted.hive != identity.hive { try PeerRecord.removeAll(in: context.transaction) }
            try inviter.save(in: context.transaction)
            for peer in response.peers where peer.key != identity.key {
                try PeerRecord(key: peer.key, name: peer.name, address: peer.address).save(in: context.transaction)
            }
            try Reissue.keep(memories, in: context.transaction)
            if adopted.hive != identity.hive { try LawArrival.begin(&context) }
            context.replica = Replica(identity: adopted, clock: context.replica.clock)
        }
    }
}

/// The founding of the hive that a node belongs to.
enum HiveRecord {
    private static let namespace = "node"
    private static let key = Array("hive".utf8)

    /// The scope of a name that its founder founded with the hive.
    static func scope(_ name: ScopeName, in transaction: any StoreTransaction) throws -> ScopeFounding? {
        guard let founding = try load(in: transaction), let founder = founding.founders.first else { return nil }
        return ScopeFounding(hive: founding.hive, name: name, founder: founder.nodeID)
    }

    static func load(in transaction: any StoreTransaction) throws -> HiveFounding? {
        try transaction.local.value(key, in: namespace).map { try HiveFounding(decoding: $0) }
    }

    static func save(_ founding: HiveFounding, in transaction: any StoreTransaction) throws {
        try transaction.local.set(founding.encoded(), for: key, in: namespace)
    }
}
