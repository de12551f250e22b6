import HiveCore

extension Node: PastTaskSearch {
    func pastTasks(like text: String, limit: Int) throws -> [PastTask] {
        let question = TaskSummary.words(of: text)
        guard !question.isEmpty, limit > 0 else { return [] }
        let found = try tasks.look { contents in
            contents.tasks.values.filter { $0.status == .completed }
                .map { (task: $0, score: $0.coverage(of: question)) }.filter { $0.score > 0 }
                .sorted {
                    ($1.score, $0.task.closedAt ?? $0.task.updatedAt) < (
                        $0.score, $1.task.closedAt ?? $1.task.updatedAt
                    )
                }
                .prefix(limit)
        }
        return try kernel.consult { replica, transaction in
            let view = try TaskView(&replica, transaction, now: self.kernel.surroundings.now())
            return try found.compactMap { found in
                guard view.lookup.scopes.contains(found.task.address.scope), let claim = found.task.claim,
                    let state = try transaction.documents.state(found.task.address)
                else { return nil }
                return PastTask(
                    id: found.task.address.document.hex, title: TaskBrief(state).title, agent: claim.agent,
                    node: claim.node, completedAt: found.task.closedAt ?? found.task.updatedAt, score: found.score)
            }
        }
    }
}
