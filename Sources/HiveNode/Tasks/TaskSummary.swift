import HiveCore

/// What lists, choices and the home's rounds look at of a task.
struct TaskSummary: Sendable {
    let address: DocumentAddress
    let status: TaskStatus
    let choice: TaskChoice.Mode
    let priority: Int64
    let createdAt: Timestamp
    let updatedAt: Timestamp
    let closedAt: Timestamp?
    let deadline: Timestamp?
    let creator: String?
    let assignee: String?
    let capabilities: [String]
    let parent: DocumentID?
    let dependencies: [DocumentID]
    let home: NodeID?
    let claim: TaskCourse.Claim?
    let offer: TaskCourse.Offer?
    /// Whether requests wait for the home.
    let isAsked: Bool
    /// Hashes of the words of title, description and result, each once, sorted.
    let words: [UInt32]

    init(_ task: HiveTask) {
        address = task.address
        (status, choice, priority) = (task.status, task.brief.choice, task.brief.priority)
        (createdAt, updatedAt, closedAt) = (task.createdAt, task.updatedAt, task.course.closedAt)
        deadline = task.brief.deadline
        (creator, assignee) = (task.creator, task.assignee)
        capabilities = task.brief.capabilities
        (parent, dependencies) = (task.brief.parent, task.brief.dependencies)
        home = task.course.home
        claim = task.course.claim
        offer = task.course.offer
        isAsked = !task.course.pending.isEmpty
        let text = [task.brief.title, task.brief.details, task.course.result].compactMap(\.self)
        words = Self.words(of: text.joined(separator: "\n"))
    }

    static func words(of text: String) -> [UInt32] {
        Set(WordOverlap.words(of: text).map(hash)).sorted()
    }

    /// FNV-1a: the same on every machine and in every run.
    private static func hash(_ word: String) -> UInt32 {
        word.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }

    /// The share of a question's words that the task has, from 0 to 1.
    func coverage(of question: [UInt32]) -> Double {
        guard !question.isEmpty else { return 0 }
        let known = Set(words)
        return Double(question.count { known.contains($0) }) / Double(question.count)
    }

    /// To be done before closed ones, the most important before the others, then the oldest; closed ones the last first.
    static func comesBefore(_ left: TaskSummary, _ right: TaskSummary) -> Bool {
        guard left.status.isClosed == right.status.isClosed else { return !left.status.isClosed }
        if left.status.isClosed, left.closedAt != right.closedAt {
            return (left.closedAt?.milliseconds ?? 0) > (right.closedAt?.milliseconds ?? 0)
        }
        if left.priority != right.priority { return left.priority > right.priority }
        return (left.createdAt, left.address) < (right.createdAt, right.address)
    }
}
