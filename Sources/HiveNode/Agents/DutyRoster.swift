import HiveAPI
import HiveCore
import Synchronization

/// Which agents of this node may not work: a projection of the roster in memory, so that every question to the law can look
/// into it. An agent that is in several scopes is suspended where any of them says so, and retired where all do.
final class DutyRoster: Sendable {
    /// Why an agent does not work.
    struct Leave: Sendable, Hashable {
        let name: String
        let standing: AgentStanding
        let reason: String?

        var message: String {
            let why = reason.map { ": \($0)" } ?? ""
            return standing == .suspended ? "`\(name)` is suspended\(why)" : "`\(name)` has retired\(why)"
        }

        var advice: String {
            standing == .suspended
                ? "an operator lets it work again: hivectl agents resume \(name)"
                : "it works again once it has registered: hivectl agents register \(name)"
        }
    }

    private struct State {
        /// Counts the changes of the roster.
        var changes = 0
        /// What was read after so many of them; nil before the first time.
        var read: (changes: Int, leaves: [String: Leave])?
    }

    private let kernel: NodeKernel
    private let state = Mutex(State())

    init(kernel: NodeKernel) { self.kernel = kernel }

    /// Reads the roster anew the next time.
    func noteAll() { state.withLock { $0.changes += 1 } }

    /// Nil for agents that may work, also for those that nobody registered.
    func leave(of name: String) throws -> Leave? {
        let (changes, read) = state.withLock { ($0.changes, $0.read) }
        if let read, read.changes == changes { return read.leaves[name] }
        let leaves = try leaves()
        state.withLock { state in
            if state.read.map({ $0.changes < changes }) ?? true { state.read = (changes, leaves) }
        }
        return leaves[name]
    }

    /// Throws where an agent may not work: `forbidden` while it is suspended, `illegal_transition` where it has retired.
    func demand(_ name: String?) throws {
        guard let leave = try name.flatMap(leave) else { return }
        throw HiveError(
            leave.standing == .suspended ? .forbidden : .illegalTransition, leave.message, hint: leave.advice)
    }

    private func leaves() throws -> [String: Leave] {
        let own = kernel.identity.node
        let profiles = try kernel.consult { replica, transaction in
            let held = Set(try ScopeLookup(&replica, transaction, within: .everything).scopes)
            return try transaction.documents.list(.kind(.agent, scope: nil))
                .filter { held.contains($0.address.scope) }.compactMap { AgentProfile($0) }.filter { $0.node == own }
        }
        return Dictionary(grouping: profiles, by: \.name).compactMapValues { profiles in
            let deciding =
                profiles.first { $0.standing == .suspended }
                ?? (profiles.allSatisfy { $0.standing == .retired } ? profiles.first : nil)
            return deciding.map { Leave(name: $0.name, standing: $0.standing, reason: $0.reason) }
        }
    }
}
