import Dispatch
import HiveCore
import HiveSync
import Logging
import Synchronization

/// What all connections share about copies of backups: the policy, the files, and what each peer said to hold.
final class Mirroring: Sendable {
    let logger: Logger
    private let kernel: NodeKernel
    private let policy: BackupPolicy
    private let vault: any BackupVault
    private let shelf: any MirrorShelf
    private let state = Mutex(State())
    private static let queue = DispatchQueue(label: "hive.mirrors", qos: .utility, attributes: .concurrent)

    private struct State {
        var standings: [NodeID: Standing] = [:]
        /// The hashes of files by the ids of their backups. A backup's file does not change.
        var digests: [String: Described] = [:]
    }

    private struct Described {
        let size: Int
        let digest: Digest
    }

    /// What a peer said since the start.
    struct Standing: Sendable {
        /// Nil while it has not answered.
        var listed: [String: MirrorMessage.Entry]?
        var refusals: [String: MirrorSession.Refusal] = [:]
    }

    init?(kernel: NodeKernel, policy: BackupPolicy, logger: Logger) {
        guard let vault = kernel.surroundings.backups, let shelf = kernel.surroundings.mirrors else { return nil }
        self.kernel = kernel
        self.policy = policy
        self.vault = vault
        self.shelf = shelf
        self.logger = logger
    }

    var node: NodeID { kernel.identity.node }
    var standings: [NodeID: Standing] { state.withLock { $0.standings } }
    func uptime() -> Int64 { kernel.surroundings.uptime() }

    func note(_ session: MirrorSession, of peer: NodeID) {
        let known = state.withLock { state in
            defer { state.standings[peer] = Standing(listed: session.listed, refusals: session.refusals) }
            return state.standings[peer]?.refusals ?? [:]
        }
        for (id, refusal) in session.refusals where known[id]?.message != refusal.message {
            logger.warning(
                "a peer keeps no copy of a backup: \(refusal.message)",
                metadata: ["peer": "\(peer.short)", "backup": "\(id)"])
        }
    }

    // MARK: Files

    /// Beside the cooperative threads: hashing a large file takes long.
    func onDisk<Answer: Sendable>(
        _ work: @escaping @Sendable (any MirrorShelf) throws -> Answer
    ) async throws -> Answer {
        let shelf = shelf
        return try await withCheckedThrowingContinuation { continuation in
            Self.queue.async { continuation.resume(with: Result { try work(shelf) }) }
        }
    }

    /// Bytes of an own backup or of a whole mirror; nil where it is gone.
    func bytes(of name: MirrorName, at offset: Int) async throws -> [UInt8]? {
        let (vault, node) = (vault, node)
        do {
            return try await onDisk { shelf in
                name.owner == node
                    ? try vault.read(name.id, at: offset, count: MirrorMessage.maximumChunk)
                    : try shelf.read(name, at: offset, count: MirrorMessage.maximumChunk)
            }
        } catch let error as StoreError where error.code == .missing { return nil }
    }

    // MARK: As the owner

    /// What there is, and what of it a peer is to keep.
    func plan(for peer: NodeID) async throws -> MirrorPlan {
        let names = try PeerNames.current(kernel)
        let copies = policy.mirrors.filter { names.node(called: $0.peer) == peer }.map(\.copies).max() ?? 0
        return try await onDisk { [self] _ in
            let records = try vault.records()
            let wanted = records.prefix(copies)
            return MirrorPlan(
                known: Set(records.map(\.id)), wanted: Set(wanted.map(\.id)), offers: try wanted.compactMap(describe))
        }
    }

    /// Nil where the file is gone.
    private func describe(_ record: BackupRecord) throws -> MirrorOffer? {
        guard record.size > 0 else { return nil }
        var known = state.withLock { $0.digests[record.id] }
        if known?.size != record.size {
            do { known = try digest(of: record) } catch let error as StoreError where error.code == .missing {
                return nil
            }
            state.withLock { $0.digests[record.id] = known }
        }
        return known.map {
            MirrorOffer(
                id: record.id, size: $0.size, digest: $0.digest, created: record.created, keptUntil: record.keptUntil)
        }
    }

    private func digest(of record: BackupRecord) throws -> Described {
        var hasher = Digest.Hasher()
        var size = 0
        while true {
            let bytes = try vault.read(record.id, at: size, count: 1 << 20)
            if bytes.isEmpty { return Described(size: size, digest: hasher.finalize()) }
            hasher.update(bytes)
            size += bytes.count
        }
    }

    // MARK: As the holder

    /// Makes room for a file that is to come, if its owner is one whose backups are kept here.
    func begin(_ offer: MirrorOffer, _ name: MirrorName) async throws -> MirrorHolding {
        guard name.owner != node else { return try await onDisk { try $0.begin(offer, of: name.owner, limit: nil) } }
        guard let accepts = policy.accepts else {
            throw MirrorRefusal(
                code: "not_accepted", message: "the peer keeps no mirrors; set backup.acceptMirrors in its hive.yaml")
        }
        let names = try PeerNames.current(kernel)
        let isNamed = accepts.peers?.contains { names.node(called: $0) == name.owner } ?? true
        guard isNamed, names.isMember(name.owner) else {
            throw MirrorRefusal(
                code: "not_accepted",
                message: "the peer keeps no mirrors for this node; name it in backup.acceptMirrors.peers of its "
                    + "hive.yaml")
        }
        return try await onDisk { try $0.begin(offer, of: name.owner, limit: accepts.maximumBytes) }
    }

    /// What is kept for an owner.
    func listing(for owner: NodeID) async throws -> [MirrorMessage.Entry] {
        try await onDisk { try $0.all() }.filter { $0.owner == owner }.map {
            MirrorMessage.Entry(offer: $0.offer, held: $0.held, isWhole: $0.isWhole)
        }
    }

    func holdings() async throws -> [MirrorHolding] { try await onDisk { try $0.all() } }

    /// Removes copies whose keys their owners have destroyed by now.
    func removeOutdated() async throws {
        let now = kernel.surroundings.now()
        for holding in try await holdings() where holding.offer.keptUntil <= now {
            try await onDisk { try $0.drop(holding.name) }
        }
    }
}

/// Why a backup of a peer is not kept here.
struct MirrorRefusal: Error {
    let code: String
    let message: String
}
