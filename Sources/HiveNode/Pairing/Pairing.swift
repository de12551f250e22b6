import HiveAPI
import HiveCore
import HiveSync

/// How a node becomes part of a hive: a steward invites, a newcomer shows the invitation's secret once.
struct Pairing {
    let kernel: NodeKernel

    private static let invitations = "invitations"

    /// A scope, and what a newcomer is to be in it.
    struct Share: Sendable {
        let founding: ScopeFounding
        let role: Role
    }

    /// Keeps the hash of a new secret with what it gives; returns the secret.
    func invite(_ shares: [Share], expires: Timestamp) async throws -> [UInt8] {
        let given = shares.flatMap { share in
            [CBORValue.bytes(share.founding.scope.digest.bytes), .unsigned(UInt64(share.role.rawValue))]
        }
        return try await kernel.write { context in
            let secret = Incarnation(using: &context.random).bytes
            let record = CBORValue.array([.array(given), .integer(expires.milliseconds)])
            try context.transaction.local.set(
                record.encoded(), for: Self.key(secret), in: Self.invitations)
            return secret
        }
    }

    /// What an invitation to these scopes gives; to the two that every node holds where none are named. The law of the
    /// hive comes along in any case, to be read.
    static func grants(
        _ names: [String]?, as role: Role, _ replica: inout Replica, _ transaction: any StoreTransaction
    ) throws -> [Share] {
        let lookup = try ScopeLookup(&replica, transaction)
        let universal = try lookup.require(ScopeName.universal.description)
        var shares: [Share] = []
        for name in names ?? [ScopeName.universal.description, ScopeName.main.description] {
            let founding = try lookup.require(name)
            guard !shares.contains(where: { $0.founding == founding }) else { continue }
            shares.append(Share(founding: founding, role: role))
        }
        guard !shares.isEmpty else {
            throw HiveError(.invalidInput, "an invitation needs a scope", hint: "leave scopes out for the usual ones")
        }
        if !shares.contains(where: { $0.founding == universal }) {
            shares.insert(Share(founding: universal, role: .reader), at: 0)
        }
        for share in shares {
            let node = replica.identity.node
            guard try replica.authority(of: share.founding.scope, in: transaction).role(of: node) == .steward else {
                throw HiveError(
                    .forbidden, "this node is no steward of `\(share.founding.name)`, so it cannot invite there",
                    hint: "invite on a node that is; see `hivectl scopes show \(share.founding.name)`")
            }
        }
        return shares
    }

    static func hasInvitations(in transaction: any StoreTransaction) throws -> Bool {
        try transaction.local.count(in: invitations) > 0
    }

    private static func key(_ secret: [UInt8]) -> [UInt8] {
        Digest.sha256(domain: "hive/1/invitation", secret).bytes
    }

    /// Takes in a newcomer: grants it the scopes, remembers it, and uses up the invitation; all or nothing.
    func welcome(
        _ joining: SyncMessage.JoinRequest, key: PublicKey, name: String
    ) async throws -> SyncMessage.JoinResponse {
        try await kernel.write { context in
            let shares = try Self.redeem(joining.secret, in: &context)
            _ = try context.commit(
                shares.map { share in
                    let grant = Grant(node: key.nodeID, role: share.role, name: joining.name)
                    return Replica.grantDraft(grant, in: share.founding.scope)
                })
            try PeerRecord(key: key, name: joining.name, address: joining.address).save(in: context.transaction)
            let peers = try PeerRecord.all(in: context.transaction).filter { $0.key != key }.map {
                SyncMessage.KnownPeer(key: $0.key, name: $0.name, address: $0.address)
            }
            guard let founding = try HiveRecord.load(in: context.transaction) else {
                throw ReplicaError(.missing, "this node has no hive")
            }
            return SyncMessage.JoinResponse(hive: founding, name: name, scopes: shares.map(\.founding), peers: peers)
        }
    }

    /// What a secret gives, once. Invitations of earlier versions gave one role in the two scopes of the hive.
    private static func redeem(_ secret: [UInt8], in context: inout WriteContext) throws -> [Share] {
        let transaction = context.transaction
        guard let bytes = try transaction.local.value(key(secret), in: invitations),
            case .array(let parts) = try CBORValue(decoding: bytes), parts.count == 2, let expires = parts[1].integer
        else { throw ReplicaError(.notPermitted, "the invitation is not known here, or was used already") }
        guard context.now.milliseconds < expires else {
            throw ReplicaError(.notPermitted, "the invitation has expired; ask for a new one")
        }
        try transaction.local.set(nil, for: key(secret), in: invitations)
        guard case .array(let given) = parts[0] else {
            let role = parts[0].integer.flatMap({ UInt8(exactly: $0) }).flatMap(Role.init(rawValue:))
            return try grants(nil, as: role ?? .reader, &context.replica, transaction)
        }
        return try stride(from: 0, to: given.count - 1, by: 2).map { place in
            guard case .bytes(let scope) = given[place], let scope = Digest(bytes: scope),
                let founding = try context.replica.founding(of: ScopeID(scope), in: transaction),
                let role = given[place + 1].integer.flatMap({ UInt8(exactly: $0) }).flatMap(Role.init(rawValue:))
            else { throw ReplicaError(.misuse, "the invitation names a scope that is not known here any more") }
            return Share(founding: founding, role: role)
        }
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
            context.replica = Replica(
                identity: adopted, clock: context.replica.clock, verifier: context.replica.verifier)
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
