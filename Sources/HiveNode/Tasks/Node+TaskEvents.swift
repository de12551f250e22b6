import HiveAPI
import HiveCore
import Logging

extension Node {
    /// What listeners are told of a task that changed.
    func taskStory(of task: HiveTask) -> EventAnnouncer.Story {
        var data: [String: JSONValue] = [
            "title": .string(task.brief.title), "status": .string(task.status.rawValue),
            "priority": .string(TaskBrief.word(for: task.brief.priority)),
        ]
        data["assignee"] = task.assignee.map(JSONValue.string)
        data["creator"] = task.creator.map(JSONValue.string)
        return ("task.changed", data)
    }

    var taskSamples: [MetricSample] {
        do {
            let counts = try tasks.look { contents in
                contents.tasks.values.reduce(into: [TaskStatus: Int]()) { $0[$1.status, default: 0] += 1 }
            }
            guard !counts.isEmpty else { return [] }
            let states = TaskStatus.allCases.map { status in
                MetricSample(
                    name: "hive_tasks", type: .gauge, help: "Tasks that this node holds, by status.",
                    labels: ["status": status.rawValue], value: Double(counts[status] ?? 0))
            }
            return states + taskMeter.samples
        } catch {
            logger.warning("tasks could not be counted: \(error)")
            return []
        }
    }
}
