import HiveCore
import Logging
import Synchronization

/// What a node does by itself about the tasks whose home it is.
extension Node {
    /// How many tasks one round looks at; the next round goes on.
    private static let round = 200

    /// Answers requests that arrived from elsewhere.
    func answerTasks() async throws {
        let node = kernel.identity.node
        let asked = try tasks.look { contents in
            contents.asked.compactMap { contents.tasks[$0] }.filter { $0.home == node }.map(\.address).sorted()
        }
        try await keep(Array(asked.prefix(Self.round)))
    }

    /// Does what time brings: leases and offers that ran out, deadlines, agents to be found.
    func keepTasks() async throws {
        let node = kernel.identity.node
        let now = kernel.surroundings.now()
        let offer = settings.tasks.offer
        let own = try tasks.look { contents in
            contents.active.compactMap { contents.tasks[$0] }.filter { $0.home == node }
                .map { (task: $0, isFree: contents.isFree($0)) }
        }
        hearing.keep(Set(own.compactMap(\.task.claim?.id)))
        let due = own.filter { isDue($0.task, isFree: $0.isFree, offer: offer, now: now) }.map(\.task)
            .sorted(by: TaskSummary.comesBefore)
        guard !due.isEmpty else { return }
        // Those for whom nobody is found come up in every round: the rounds go around among them.
        let start =
            due.count > Self.round
            ? taskRound.withLock { round in
                defer { round = (round + Self.round) % due.count }
                return round % due.count
            } : 0
        try await keep((due[start...] + due[..<start]).prefix(Self.round).map(\.address))
    }

    private func isDue(_ task: TaskSummary, isFree: Bool, offer: Int64, now: Timestamp) -> Bool {
        if task.isAsked { return true }
        if let deadline = task.deadline, now > deadline { return true }
        if let claim = task.claim { return now > hearing.heard(claim, now: now).advanced(bySeconds: claim.lease) }
        if task.status == .assigned {
            return task.choice == .suitable && task.offeredAt.map { now > $0.advanced(bySeconds: offer) } ?? false
        }
        return isFree && task.choice != .anyone
    }

    private func keep(_ addresses: [DocumentAddress]) async throws {
        guard !addresses.isEmpty else { return }
        let home = taskHome
        let directory = try home.directory(for: Set(addresses.map(\.scope)), now: kernel.surroundings.now())
        let outcomes = try await kernel.write { context -> [TaskHome.Outcome] in
            let view = try TaskView(&context)
            return try addresses.compactMap { address in
                guard let state = try context.transaction.documents.state(address), let task = try view.task(state)
                else { return nil }
                do {
                    return try home.write([], to: (state, task), agent: nil, directory: directory, view, in: &context)
                } catch let error as ReplicaError where error.code == .notPermitted {
                    // This node may not write there any more: the tasks of other scopes go on.
                    return nil
                }
            }
        }
        tasks.note(Set(addresses))
        for outcome in outcomes { home.count(outcome) }
        await tellOffers(outcomes)
    }
}

/// Answers requests about this node's tasks as soon as they arrive.
struct TaskKeeper {
    let node: Node

    func run() async throws {
        let (changes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = node.follow { change in if !change.tasks.isEmpty { continuation.yield() } }
        defer { node.stopFollowing(number) }
        continuation.yield()
        for await _ in changes {
            do { try await node.answerTasks() } catch {
                node.logger.error("requests about tasks could not be answered, the next round tries again: \(error)")
            }
        }
    }
}
