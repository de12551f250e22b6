import Synchronization

/// The connections that are open, and whose places they take.
///
/// A connection is a stranger's until a request with a token that counts comes by it. Strangers have few places at each
/// address, and the one that came first makes room for the next: whoever says at once who it is cannot be kept out by those
/// who say nothing. Each token has places of its own, for connections that stay. Beyond these it may work at few of the
/// strangers' places, and hooks at a few others, so that newcomers always find one where nothing is being done.
final class ConnectionLedger: Sendable {
    /// Whose places a connection takes: a token's, from one address.
    struct Owner: Sendable, Hashable {
        let credential: String
        let group: String
        /// Operators find a place however many others are there.
        var isOperator = false
    }

    /// How a request comes in.
    enum Standing: Sendable, Hashable {
        /// By a connection that has a place of its owner's.
        case owned
        /// By one that is served, and has to go when it is idle and others come.
        case passing
        /// By one of too many: it is to be turned away and closed.
        case refused
    }

    /// Who works at places of strangers, its own being full.
    fileprivate struct Borrower: Hashable {
        let group: String
        let isHook: Bool
    }

    fileprivate struct Entry {
        let number: Int
        let group: String
        let close: @Sendable () -> Void
        /// How many of its requests are being answered.
        var busy = 0
        var owner: Owner?
        var borrower: Borrower?
    }

    fileprivate struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var strangers: [String: Int] = [:]
        var owned: [Owner: Int] = [:]
        var borrowed: [Borrower: Int] = [:]
        var lastNumber = 0
    }

    private let limits: AccessLimits
    private let state = Mutex(State())

    init(_ limits: AccessLimits) { self.limits = limits }

    /// Takes in a new connection. False where there is no room, and nobody who could make some.
    ///
    /// - Parameter close: ends the connection, when another one needs its place.
    func enter(_ id: ObjectIdentifier, from group: String, close: @escaping @Sendable () -> Void) -> Bool {
        let (hasRoom, displaced) = state.withLock { state -> (Bool, Entry?) in
            var displaced: Entry?
            if state.strangers[group, default: 0] >= limits.strangers {
                displaced = state.removeOldestStranger { $0.group == group }
                guard displaced != nil else { return (false, nil) }
            } else if state.entries.count - state.owned.values.reduce(0, +) >= limits.connections {
                displaced = state.removeOldestStranger { _ in true }
                guard displaced != nil else { return (false, nil) }
            }
            state.lastNumber += 1
            state.entries[id] = Entry(number: state.lastNumber, group: group, close: close)
            state.strangers[group, default: 0] += 1
            return (true, displaced)
        }
        displaced?.close()
        return hasRoom
    }

    /// A request on a connection is answered from now on, unless it is refused; `end` follows for what is not.
    func begin(_ id: ObjectIdentifier, for owner: Owner?, isHook: Bool = false) -> Standing {
        state.withLock { state in
            guard var entry = state.entries[id] else { return .refused }
            if entry.owner == nil, let owner, !settle(&entry, owner, &state) {
                let borrower = Borrower(group: entry.group, isHook: isHook)
                // Twice a quarter at most: the other half stays for those who come.
                guard state.borrowed[borrower, default: 0] < max(1, limits.strangers / 4) else { return .refused }
                state.borrowed[borrower, default: 0] += 1
                entry.borrower = borrower
            }
            entry.busy += 1
            state.entries[id] = entry
            return entry.owner == nil ? .passing : .owned
        }
    }

    /// Keeps a connection for its owner from now on. False where there is no place of the owner's; then nothing changes.
    func keep(_ id: ObjectIdentifier, for owner: Owner) -> Bool {
        state.withLock { state in
            guard var entry = state.entries[id] else { return false }
            guard entry.owner != nil || settle(&entry, owner, &state) else { return false }
            entry.busy += 1
            state.entries[id] = entry
            return true
        }
    }

    /// Gives a connection one of its owner's places, where one is free.
    private func settle(_ entry: inout Entry, _ owner: Owner, _ state: inout State) -> Bool {
        guard hasPlace(for: owner, state) else { return false }
        entry.owner = owner
        state.owned[owner, default: 0] += 1
        state.leaveStrangers(entry.group)
        return true
    }

    private func hasPlace(for owner: Owner, _ state: State) -> Bool {
        guard state.owned[owner, default: 0] < limits.connectionsPerAddress else { return false }
        return owner.isOperator || state.owned.values.reduce(0, +) < limits.connections
    }

    /// The request was answered.
    func end(_ id: ObjectIdentifier) {
        state.withLock { state in
            guard var entry = state.entries[id] else { return }
            entry.busy -= 1
            if let borrower = entry.borrower { state.giveBack(borrower) }
            entry.borrower = nil
            state.entries[id] = entry
        }
    }

    /// The connection was closed.
    func leave(_ id: ObjectIdentifier) {
        state.withLock { state in
            guard let entry = state.entries.removeValue(forKey: id) else { return }
            if let borrower = entry.borrower { state.giveBack(borrower) }
            guard let owner = entry.owner else { return state.leaveStrangers(entry.group) }
            let left = state.owned[owner, default: 1] - 1
            state.owned[owner] = left > 0 ? left : nil
        }
    }

    var total: Int { state.withLock { $0.entries.count } }
}

extension ConnectionLedger.State {
    fileprivate mutating func leaveStrangers(_ group: String) {
        let left = strangers[group, default: 1] - 1
        strangers[group] = left > 0 ? left : nil
    }

    fileprivate mutating func giveBack(_ borrower: ConnectionLedger.Borrower) {
        let left = borrowed[borrower, default: 1] - 1
        borrowed[borrower] = left > 0 ? left : nil
    }

    /// Of those for whom nothing is being done.
    fileprivate mutating func removeOldestStranger(
        where fits: (ConnectionLedger.Entry) -> Bool
    ) -> ConnectionLedger.Entry? {
        let idle = entries.filter { $0.value.owner == nil && $0.value.busy == 0 && fits($0.value) }
        guard let oldest = idle.min(by: { $0.value.number < $1.value.number }) else { return nil }
        entries[oldest.key] = nil
        leaveStrangers(oldest.value.group)
        return oldest.value
    }
}
