/// A task: what was asked for, and what became of it.
public struct HiveTask: Sendable, Hashable {
    public let address: DocumentAddress
    public let brief: TaskBrief
    public internal(set) var course: TaskCourse
    /// Who delegated it, as it called itself.
    public let creator: String?
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    /// Entries beyond this are not asked for any more: a task that is talked about so much is several.
    public static let longestCourse = 1000

    /// Nil for a document that is no task.
    /// - Parameters:
    ///   - author: the node whose log it is.
    ///   - mayAdopt: whether a node may take over what is not its own.
    public init?(_ state: DocumentState, author: (LogID) -> NodeID?, mayAdopt: (NodeID) -> Bool) {
        guard state.kind == .task else { return nil }
        address = state.address
        brief = TaskBrief(state)
        creator = state.creation.agent
        createdAt = Timestamp(milliseconds: Int64(state.creation.stamp.milliseconds))
        updatedAt = Timestamp(milliseconds: Int64(state.updated.milliseconds))
        var steps: [TaskCourse.Step] = []
        if case .list(let entries)? = state[TaskField.course] {
            steps = entries.compactMap { listed in
                TaskEntry(listed.value).map { TaskCourse.Step($0, author: author(listed.dot.log), dot: listed.dot) }
            }
        }
        course = TaskCourse(home: author(state.creation.dot.log), steps: steps, mayAdopt: mayAdopt)
    }

    public init(address: DocumentAddress, brief: TaskBrief, creator: String?, at time: Timestamp, home: NodeID) {
        self.address = address
        self.brief = brief
        self.creator = creator
        createdAt = time
        updatedAt = time
        course = TaskCourse(home: home, steps: [])
    }

    public var status: TaskStatus { course.status }

    /// Whose turn it is: the holder, the one it is offered to, or the one it is for.
    public var assignee: String? {
        course.claim?.agent ?? course.offer?.agent ?? (brief.choice == .named ? brief.addressee : nil)
    }
}
