import HiveAPI
import HiveCore

/// One page of tasks, found in the board.
struct TaskList {
    private let query: TaskQuery
    private let statuses: Set<TaskStatus>
    private let scopes: Set<ScopeID>
    private let parent: DocumentID?
    private let archivedBefore: Timestamp
    private let words: [UInt32]
    private let offset: Int
    private let own: NodeID

    /// Throws where status or cursor make no sense.
    /// - Parameters:
    ///   - archivedBefore: tasks that were closed before are passed over unless they are asked for.
    ///   - own: this node, whose agents ask what they may claim.
    init(
        _ query: TaskQuery, scopes: Set<ScopeID>, parent: DocumentID?, archivedBefore: Timestamp, own: NodeID
    ) throws {
        self.own = own
        self.query = query
        self.scopes = scopes
        self.parent = parent
        self.archivedBefore = archivedBefore
        statuses = try TaskInput.statuses(query.status)
        words = query.q.map(TaskSummary.words) ?? []
        guard let cursor = query.cursor else {
            offset = 0
            return
        }
        guard let offset = Int(cursor), (0...(1 << 40)).contains(offset) else {
            throw HiveError(.invalidInput, "`\(cursor)` is no cursor", hint: "use `next` of an earlier answer")
        }
        self.offset = offset
    }

    /// The addresses of a page, and where the next one begins.
    func page(of contents: TaskBoard.Contents) -> (shown: [DocumentAddress], next: String?) {
        let isActiveOnly = statuses.allSatisfy { !$0.isClosed }
        let looked = isActiveOnly ? contents.active.compactMap { contents.tasks[$0] } : Array(contents.tasks.values)
        let found = looked.filter { admits($0, contents) }.sorted(by: TaskSummary.comesBefore)
        let shown = found.dropFirst(offset).prefix(query.limit)
        let end = offset + shown.count
        return (shown.map(\.address), end < found.count ? String(end) : nil)
    }

    private func admits(_ task: TaskSummary, _ contents: TaskBoard.Contents) -> Bool {
        guard scopes.contains(task.address.scope), statuses.contains(task.status) else { return false }
        if let parent, task.parent != parent { return false }
        if let agent = query.agent, task.assignee != agent { return false }
        if let creator = query.creator, task.creator != creator { return false }
        if let capability = query.capability, !task.capabilities.contains(capability) { return false }
        if !words.isEmpty, task.coverage(of: words) < 1 { return false }
        if let agent = query.claimableBy, !isClaimable(task, by: agent, contents) { return false }
        guard !query.archived, let closedAt = task.closedAt else { return true }
        return closedAt >= archivedBefore
    }

    private func isClaimable(_ task: TaskSummary, by agent: String, _ contents: TaskBoard.Contents) -> Bool {
        (task.status == .open || task.status == .assigned) && (task.assignee ?? agent) == agent
            && (task.offer?.node ?? own) == own && contents.isFree(task)
    }
}
