import HiveCore

/// Waits for the home of a task to answer a request.
struct TaskAnswer: Sendable {
    let node: Node
    let address: DocumentAddress
    let request: String

    /// The task with the answer, or as it is after so many seconds.
    func wait(seconds: Int) async throws -> HiveTask {
        let (changes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let address = address
        let number = node.follow { change in if change.documents.contains(address) { continuation.yield() } }
        defer { node.stopFollowing(number) }
        let now = try current()
        guard seconds > 0, now.course.answer(to: request) == .pending else { return now }
        return try await withThrowingTaskGroup(of: HiveTask?.self) { group in
            group.addTask {
                for await _ in changes {
                    let task = try current()
                    if task.course.answer(to: request) != .pending { return task }
                }
                return nil
            }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next().flatMap(\.self) ?? current()
        }
    }

    private func current() throws -> HiveTask {
        try node.kernel.consult { replica, transaction in
            let view = try TaskView(&replica, transaction, now: node.kernel.surroundings.now())
            return try view.find(address.document.hex).task
        }
    }
}
