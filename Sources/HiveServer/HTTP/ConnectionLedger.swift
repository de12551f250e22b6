import Synchronization

/// The connections that are open, and whose places they take.
///
/// A connection is a stranger's until a request with a token that counts comes by it. Strangers have few places at each
/// address, and the one that came first makes room for the next: whoever says at once who it is cannot be kept out by those
/// who say nothing. Each token has places of its own, for connections that stay.
final class ConnectionLedger: Sendable {
    /// Whose places a connection takes: a token's, from one address.
    struct Owner: Sendable, Hashable {
        let credential: String
        let group: String
        /// Operators find a place however many others are there.
        var isOperator = false
    }

    fileprivate struct Entry {
        let number: Int
        let group: String
        let close: @Sendable () -> Void
        /// How many of its requests are being answered.
        var busy = 0
        var owner: Owner?
    }

    fileprivate struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var strangers: [String: Int] = [:]
        var owned: [Owner: Int] = [:]
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

    /// A request on a connection is answered from now on. Whether the connection has a place of its owner's: one that has
    /// none is served as well, but has to go when it is idle and others come.
    @discardableResult
    func begin(_ id: ObjectIdentifier, for owner: Owner?) -> Bool {
        state.withLock { state in
            guard var entry = state.entries[id] else { return false }
            entry.busy += 1
            if entry.owner == nil, let owner, hasPlace(for: owner, state) {
                entry.owner = owner
                state.owned[owner, default: 0] += 1
                state.leaveStrangers(entry.group)
            }
            state.entries[id] = entry
            return entry.owner != nil
        }
    }

    private func hasPlace(for owner: Owner, _ state: State) -> Bool {
        guard state.owned[owner, default: 0] < limits.connectionsPerAddress else { return false }
        return owner.isOperator || state.owned.values.reduce(0, +) < limits.connections
    }

    /// The request was answered.
    func end(_ id: ObjectIdentifier) { state.withLock { $0.entries[id]?.busy -= 1 } }

    /// The connection was closed.
    func leave(_ id: ObjectIdentifier) {
        state.withLock { state in
            guard let entry = state.entries.removeValue(forKey: id) else { return }
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
