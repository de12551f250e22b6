import HiveAPI
import HiveCore

/// Shows documents as tasks.
struct TaskView {
    let transaction: any StoreTransaction
    let lookup: ScopeLookup
    let now: Timestamp
    private let stewards: [ScopeID: Set<NodeID>]

    init(_ replica: inout Replica, _ transaction: any StoreTransaction, now: Timestamp) throws {
        self.transaction = transaction
        self.now = now
        lookup = try ScopeLookup(&replica, transaction)
        var stewards: [ScopeID: Set<NodeID>] = [:]
        for scope in lookup.scopes {
            let members = try replica.authority(of: scope, in: transaction).members
            stewards[scope] = Set(members.filter { $0.value.role == .steward }.keys)
        }
        self.stewards = stewards
    }

    init(_ context: inout WriteContext) throws {
        try self.init(&context.replica, context.transaction, now: context.now)
    }

    /// Nil for documents that are no tasks, and for those that are gone.
    func task(_ state: DocumentState) throws -> HiveTask? {
        guard state.kind == .task, !state.isErased, !state.isForgotten else { return nil }
        var authors: [LogID: NodeID] = [:]
        for dot in state.version.entries {
            authors[dot.log] = try transaction.logs.row(dot.log)?.descriptor.author.nodeID
        }
        let stewards = stewards[state.address.scope] ?? []
        return HiveTask(state, author: { authors[$0] }, mayAdopt: stewards.contains)
    }

    func isSteward(_ node: NodeID, of scope: ScopeID) -> Bool { stewards[scope]?.contains(node) ?? false }

    /// The one task whose id begins so. Throws `not_found` or `ambiguous`.
    func find(_ id: String) throws -> (state: DocumentState, task: HiveTask) {
        let digits = id.lowercased()
        guard (4...32).contains(digits.count), digits.allSatisfy(\.isHexDigit) else {
            throw HiveError(.notFound, "`\(id)` is no task's id", hint: "ids have 4 to 32 hexadecimal digits")
        }
        let found = try transaction.documents.list(.prefix(digits)).compactMap { state in
            lookup.scopes.contains(state.address.scope) ? try task(state).map { (state: state, task: $0) } : nil
        }
        guard found.count <= 1 else {
            let ids = found.prefix(5).map { $0.state.address.document.description }.joined(separator: ", ")
            throw HiveError(
                .ambiguous, "`\(id)` is the beginning of \(found.count) tasks: \(ids)", hint: "write more of it")
        }
        guard let only = found.first else {
            throw HiveError(.notFound, "there is no task `\(id)`", hint: "see `hivectl tasks list`")
        }
        return only
    }

    /// What a task waits for, in the order of their ids.
    func blockers(of task: HiveTask) throws -> [TaskBlocker] {
        guard !task.status.isClosed else { return [] }
        return try task.brief.dependencies.compactMap { document in
            let address = DocumentAddress(scope: task.address.scope, document: document)
            let other = try transaction.documents.state(address).flatMap { try self.task($0) }
            guard other?.status != .completed else { return nil }
            return TaskBlocker(id: document.hex, title: other?.brief.title, status: other?.status.rawValue)
        }
    }

    /// The same in words.
    func blockersInWords(of task: HiveTask) throws -> [String] {
        try blockers(of: task).map { blocker in
            let title = blocker.title.map { " (\($0))" } ?? ""
            return "`\(blocker.id.prefix(8))`\(title), which is \(blocker.status ?? "not here yet")"
        }
    }
}
