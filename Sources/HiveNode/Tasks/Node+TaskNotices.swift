import HiveAPI
import HiveCore
import Logging

/// How an agent hears of an offer, and how a home hears of a holder.
extension Node {
    /// Sends a message to every agent that a task was offered to. An agent that is not registered finds the task in its list.
    func tellOffers(_ outcomes: [TaskHome.Outcome]) async {
        for outcome in outcomes where outcome.rulings.contains(where: { $0.name == "offer" && $0.agent != nil }) {
            guard let offer = outcome.task.course.offer else { continue }
            let id = outcome.task.address.document
            var message = SendMessage(
                to: [offer.node.map { "\(offer.agent)@\($0.short)" } ?? offer.agent],
                text: "The task \(id.short) is for you: \(outcome.task.brief.title)", subject: "task \(id.short)",
                idempotencyKey: "task/\(id.hex)/\(offer.at.milliseconds)")
            do {
                // Whoever may not read the task is not told of it either.
                message.scope = try kernel.consult {
                    try ScopeLookup(&$0, $1, within: .everything).name(of: outcome.task.address.scope)
                }
                // By the node itself, whatever became of whoever delegated it.
                _ = try await deliver(message, as: Caller(role: .agent, agent: outcome.task.creator ?? "hive"))
            } catch {
                logger.debug("an agent was not told of a task: \(error)", metadata: ["task": "\(id.short)"])
            }
        }
    }

    /// Says for the home of a task elsewhere that its holder is at it. Where that is not possible the home hears of it by what
    /// is written in every third of the lease.
    func tellProgress(_ claim: TaskCourse.Claim, percent: Int64?, in scope: ScopeID) {
        do {
            try sync.soft.post(
                TaskPulse.key(for: claim.id), in: scope, TaskPulse(percent: percent).encoded(), seconds: claim.lease)
        } catch { logger.debug("progress of a task was not passed on: \(error)") }
    }
}
