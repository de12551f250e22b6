import Dispatch
import HiveAPI
public import HiveCore
import HiveSync
import Synchronization

/// The one writer of a node: takes writes from everywhere, puts those that wait together into one transaction and
/// answers each once all of them are on disk.
public final class NodeKernel: Sendable {
    let store: any Store
    let signer: any Signing
    let verifier: any Verifying
    let surroundings: Surroundings
    /// Holds up the first writes after an open until a peer was asked.
    let gate = FirstWriteGate()
    private let queue = DispatchQueue(label: "hive.writer", qos: .userInitiated)
    private let shared: Mutex<Shared>

    private struct Shared {
        var replica: Replica
        /// What is shown of concurrent values; a write that took up another identity made its replica anew.
        var policies = ConflictPolicies()
        var waiting: [Unit] = []
        /// Checkpoints that were signed after a commit and are not in the store yet.
        var checkpoints: [LogID: Checkpoint] = [:]
        var followers: [Int: @Sendable (NodeChange) -> Void] = [:]
        var nextFollower = 0
        var commits: UInt64 = 0
        /// Why the last transaction could not be committed; nil once one was.
        var failure: StoreError?
    }

    /// A write that waits, with what is to happen once its outcome is known.
    private struct Unit: Sendable {
        let run: @Sendable (inout WriteContext) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    public init(
        store: any Store, replica: Replica, signer: any Signing, verifier: any Verifying, surroundings: Surroundings
    ) {
        self.store = store
        self.signer = signer
        self.verifier = verifier
        self.surroundings = surroundings
        shared = Mutex(Shared(replica: replica))
    }

    public var identity: NodeIdentity { shared.withLock { $0.replica.identity } }

    /// How many transactions were committed since the start.
    public var commits: UInt64 { shared.withLock { $0.commits } }

    /// Why nothing can be written at present, as the last try showed.
    var failure: StoreError? { shared.withLock { $0.failure } }

    func replica() -> Replica { shared.withLock { $0.replica } }

    func read<Result>(_ work: (any StoreTransaction) throws -> Result) throws -> Result { try store.read(work) }

    /// Reads with a copy of the replica, whose evaluated laws are used and dropped.
    func consult<Result>(_ work: (inout Replica, any StoreTransaction) throws -> Result) throws -> Result {
        var replica = replica()
        return try store.read { try work(&replica, $0) }
    }

    /// Runs a write in a transaction with all others that wait; answers once it is on disk. A write that throws leaves
    /// no trace and does not disturb the others.
    func write<Result: Sendable>(
        _ work: @escaping @Sendable (inout WriteContext) throws -> Result
    ) async throws -> Result {
        try await gate.pass()
        guard surroundings.isTraced else { return try await commit(work).result }
        return try await OperationTrace.following { try await commit(work) }
    }

    /// Answers with the first operations of what was written as well.
    private func commit<Result: Sendable>(
        _ work: @escaping @Sendable (inout WriteContext) throws -> Result
    ) async throws -> (result: Result, beginnings: [Dot]) {
        // The writer's thread is nobody's: whose request this is goes along.
        let (access, key) = (Access.current, WriteKey.current)
        return try await withCheckedThrowingContinuation { continuation in
            let unit = Unit(
                run: { context in
                    let result = try Access.$current.withValue(access) {
                        try RepeatedRequest.once(key, &context, work)
                    }
                    let beginnings = context.beginnings
                    return { continuation.resume(returning: (result, beginnings)) }
                }, fail: { continuation.resume(throwing: $0) })
            shared.withLock { $0.waiting.append(unit) }
            queue.async { self.drain() }
        }
    }

    /// Replaces who this node is, once a write that settled it is on disk.
    func setIdentity(_ identity: NodeIdentity) {
        shared.withLock {
            $0.replica = Replica(identity: identity, clock: $0.replica.clock, verifier: $0.replica.verifier)
            $0.replica.conflictPolicies = $0.policies
        }
    }

    /// Chooses what is shown of concurrent values from now on.
    func setConflictPolicies(_ policies: ConflictPolicies) {
        shared.withLock {
            $0.policies = policies
            $0.replica.conflictPolicies = policies
        }
    }

    // MARK: Following

    /// Calls back after every batch that changed something, on the writer's thread. Returns a number to stop it by.
    func follow(_ body: @escaping @Sendable (NodeChange) -> Void) -> Int {
        shared.withLock { shared in
            shared.nextFollower += 1
            shared.followers[shared.nextFollower] = body
            return shared.nextFollower
        }
    }

    func stopFollowing(_ number: Int) { shared.withLock { _ = $0.followers.removeValue(forKey: number) } }

    // MARK: The batch

    private func drain() {
        let (units, start) = shared.withLock { shared in
            defer { shared.waiting = [] }
            return (shared.waiting, shared.replica)
        }
        guard !units.isEmpty else { return }
        do {
            let batch = try store.write { try self.run(units, from: start, in: $0) }
            shared.withLock {
                $0.replica = batch.replica
                $0.replica.conflictPolicies = $0.policies
                $0.commits += 1
                $0.failure = nil
                for log in batch.persisted { $0.checkpoints[log] = nil }
            }
            let change = changeOrLess(after: batch)
            for answer in batch.answers { answer() }
            publish(change)
        } catch {
            note(error)
            for unit in units { unit.fail(error) }
        }
    }

    private func note(_ error: any Error) {
        let failure = error as? StoreError ?? StoreError(.failed, "the end of a log could not be signed: \(error)")
        shared.withLock { $0.failure = failure }
        if failure.code == .unknownOutcome { surroundings.abandon("\(error)") }
    }

    /// What a batch did. Where its logs cannot be read and signed just now it is on disk all the same: callers and followers
    /// hear of it, and peers when the logs grow again, or after the next start.
    private func changeOrLess(after batch: Batch) -> NodeChange {
        do { return try change(after: batch) } catch {
            note(error)
            return batch.change
        }
    }

    private struct Batch {
        var replica: Replica
        var answers: [@Sendable () -> Void] = []
        var persisted: [LogID] = []
        var grown: Set<LogID> = []
        var change = NodeChange()
    }

    private func run(_ units: [Unit], from start: Replica, in transaction: any StoreTransaction) throws -> Batch {
        var batch = Batch(replica: start)
        batch.persisted = try persistCheckpoints(in: transaction)
        for unit in units {
            var context = WriteContext(replica: batch.replica, transaction: transaction, now: surroundings.now())
            do {
                let answer = try transaction.savepoint { try unit.run(&context) }
                batch.replica = context.replica
                batch.grown.formUnion(context.grown)
                batch.change.documents.formUnion(context.documents)
                batch.change.blobs.formUnion(context.blobs)
                batch.change.law.formUnion(context.law)
                batch.change.erased.formUnion(context.erased)
                batch.change.rules = batch.change.rules || context.rules
                batch.change.notes.merge(context.notes) { $0.followed(by: $1) }
                batch.answers.append(answer)
            } catch {
                // A full disk or a broken one ends the whole batch; what only this write got wrong ends this write.
                if error is StoreError { throw error }
                batch.answers.append { unit.fail(error) }
            }
        }
        return batch
    }

    private func persistCheckpoints(in transaction: any StoreTransaction) throws -> [LogID] {
        let fresh = shared.withLock { $0.checkpoints }
        for (log, checkpoint) in fresh.sorted(by: { $0.key < $1.key }) {
            guard var row = try transaction.logs.row(log), (row.checkpoint?.size ?? 0) < checkpoint.size else {
                continue
            }
            row.checkpoint = checkpoint
            try transaction.logs.save(row)
        }
        return fresh.keys.sorted()
    }

    /// Signs the logs of this node that grew, now that what is signed is on disk.
    private func change(after batch: Batch) throws -> NodeChange {
        var change = batch.change
        let instance = batch.replica.identity.instance.scope
        change.logs = try store.read { transaction in
            try batch.grown.sorted().compactMap { log in
                guard let row = try transaction.logs.row(log), row.descriptor.scope != instance else { return nil }
                if row.descriptor.author == batch.replica.identity.key { try sign(row) }
                return LogHead(log: log, size: row.size, root: row.frontier.root)
            }
        }
        return change
    }

    private func sign(_ row: LogRow) throws {
        guard row.checkpoint?.size != row.size else { return }
        let checkpoint = try Checkpoint(log: row.id, size: row.size, root: row.frontier.root, signer: signer)
        shared.withLock { $0.checkpoints[row.id] = checkpoint }
    }

    private func publish(_ change: NodeChange) {
        guard !change.isEmpty else { return }
        // In the order in which they came, the node itself first: whoever hears of new rules finds them in force.
        let followers = shared.withLock { $0.followers.sorted { $0.key < $1.key } }
        for (_, follower) in followers { follower(change) }
    }

    /// Signs every own log whose end is not signed yet, after an unclean stop, and evaluates the laws that reads need.
    func prepare() async throws {
        let identity = identity
        let signer = signer
        _ = try await write { context in
            for row in try context.transaction.logs.rows(.all)
            where row.descriptor.author == identity.key && row.descriptor.scope != identity.instance.scope {
                _ = try context.replica.signCheckpoint(of: row.id, signer: signer, in: context.transaction)
            }
            for founding in try context.replica.foundings(in: context.transaction) {
                _ = try context.replica.authority(of: founding.scope, in: context.transaction)
            }
        }
    }

    /// The newest checkpoint of a log, perhaps not in the store yet.
    func freshCheckpoint(of log: LogID) -> Checkpoint? { shared.withLock { $0.checkpoints[log] } }
}
