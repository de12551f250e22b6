import HiveAPI
import HiveCore
import Synchronization

/// All tasks of this node in brief: a projection in memory, brought up to the store whenever it is asked, so that lists and
/// the home's rounds read no more than what has changed.
final class TaskBoard: Sendable {
    private let kernel: NodeKernel
    /// Tasks that changed since the last time; nil where all are to be looked at.
    private let noted = Mutex<Set<DocumentAddress>?>(nil)
    private let contents = Mutex(Contents())

    struct Contents: Sendable {
        private(set) var tasks: [DocumentAddress: TaskSummary] = [:]
        /// Those that are not closed.
        private(set) var active: Set<DocumentAddress> = []
        /// Those with requests that wait for their home.
        private(set) var asked: Set<DocumentAddress> = []
        private var parts: [DocumentAddress: Set<DocumentAddress>] = [:]

        mutating func put(_ summary: TaskSummary?, at address: DocumentAddress) {
            if let old = tasks[address], let whole = old.whole { parts[whole]?.remove(address) }
            tasks[address] = summary
            active.remove(address)
            asked.remove(address)
            guard let summary else { return }
            if !summary.status.isClosed { active.insert(address) }
            if summary.isAsked { asked.insert(address) }
            if let whole = summary.whole { parts[whole, default: []].insert(address) }
        }

        /// The tasks that are parts of another, the oldest first.
        func parts(of address: DocumentAddress) -> [TaskSummary] {
            (parts[address] ?? []).compactMap { tasks[$0] }.sorted {
                ($0.createdAt, $0.address) < ($1.createdAt, $1.address)
            }
        }

        /// Whether everything that a task waits for is completed, as far as it is known here.
        func isFree(_ task: TaskSummary) -> Bool {
            task.dependencies.allSatisfy {
                tasks[DocumentAddress(scope: task.address.scope, document: $0)]?.status == .completed
            }
        }
    }

    init(kernel: NodeKernel) { self.kernel = kernel }

    /// Notes tasks that changed.
    func note(_ addresses: Set<DocumentAddress>) { noted.withLock { $0?.formUnion(addresses) } }

    /// Looks at all of them the next time.
    func noteAll() { noted.withLock { $0 = nil } }

    /// Looks at the tasks as the store has them now. Not to be called inside a transaction.
    func look<Result>(_ body: (Contents) throws -> Result) throws -> Result {
        try contents.withLock { contents in
            let changed = noted.withLock { noted in
                defer { noted = [] }
                return noted
            }
            do { try bringUp(&contents, changed) } catch {
                noted.withLock { noted in noted = changed.flatMap { noted?.union($0) } }
                throw error
            }
            return try body(contents)
        }
    }

    private func bringUp(_ contents: inout Contents, _ changed: Set<DocumentAddress>?) throws {
        guard changed?.isEmpty != true else { return }
        // For everybody, whoever asks first: what a request may see is chosen from the board.
        try Access.$current.withValue(.own) { try bringUpForAll(&contents, changed) }
    }

    private func bringUpForAll(_ contents: inout Contents, _ changed: Set<DocumentAddress>?) throws {
        try kernel.consult { replica, transaction in
            let view = try TaskView(&replica, transaction, now: kernel.surroundings.now())
            guard let changed else {
                contents = Contents()
                for state in try transaction.documents.list(.kind(.task, scope: nil)) {
                    contents.put(try view.task(state).map(TaskSummary.init), at: state.address)
                }
                return
            }
            for address in changed {
                let state = try transaction.documents.state(address)
                contents.put(try state.flatMap(view.task).map(TaskSummary.init), at: address)
            }
        }
    }
}

extension TaskSummary {
    /// The task that this one is a part of.
    fileprivate var whole: DocumentAddress? {
        parent.map { DocumentAddress(scope: address.scope, document: $0) }
    }
}
