import HiveCore
import Logging
import Synchronization

/// What a node does by itself about the tasks whose home it is.
extension Node {
    /// How many tasks one round looks at; the next round goes on.
    static let round = 200

    /// Answers requests that arrived from elsewhere, where this node may still write.
    func answerTasks(atMost most: Int = round) async throws {
        let node = kernel.identity.node
        let asked = try tasks.look { contents in
            contents.asked.compactMap { contents.tasks[$0] }.filter { $0.home == node }.map(\.address).sorted()
        }
        guard !asked.isEmpty else { return }
        let writable = try kernel.consult { try Receipts.writableScopes(&$0, $1) }
        try await keep(Array(asked.filter { writable.contains($0.scope) }.prefix(most)))
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
        try forgetOthers()
        let home = taskHome
        let known = try home.directory(
            for: Set(own.filter { $0.task.claim != nil }.map(\.task.address.scope)), now: now)
        let due = own.filter { task, isFree in
            if let claim = task.claim {
                let silence = home.silence(of: claim, known[task.address.scope] ?? [])
                if TaskDesk.isOver(claim.lease, after: silence) { return true }
            }
            return isDue(task, isFree: isFree, offer: offer, now: now)
        }
        .map(\.task)
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

    /// Lets go of what was heard of claims and offers that are over. Holders of this node are kept, whose home is elsewhere.
    private func forgetOthers() throws {
        let node = kernel.identity.node
        let (claims, offers) = try tasks.look { contents in
            let active = contents.active.compactMap { contents.tasks[$0] }
            let claims = active.compactMap { $0.home == node || $0.claim?.node == node ? $0.claim?.id : nil }
            let offers = active.compactMap { task in task.offer.map { (task.address, $0) } }
            return (Set(claims), Dictionary(offers) { $1 })
        }
        hearing.keep(claims: claims, offers: offers)
    }

    private func isDue(_ task: TaskSummary, isFree: Bool, offer: Int64, now: Timestamp) -> Bool {
        if task.isAsked { return true }
        if let deadline = task.deadline, now > deadline { return true }
        if task.claim != nil { return false }
        if task.status == .assigned {
            guard task.choice == .suitable, let offered = task.offer else { return false }
            return TaskDesk.isOver(offer, after: hearing.age(of: offered, on: task.address, now: now))
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
        let number = node.follow { change in if !change.documents(of: .task).isEmpty { continuation.yield() } }
        defer { node.stopFollowing(number) }
        continuation.yield()
        for await _ in changes {
            do { try await node.answerTasks() } catch {
                node.logger.error("requests about tasks could not be answered, the next round tries again: \(error)")
            }
        }
    }
}
