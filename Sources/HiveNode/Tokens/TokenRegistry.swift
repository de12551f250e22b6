public import HiveAPI
import HiveCore
import Synchronization

/// The tokens that this node gave out, at hand for every request.
public final class TokenRegistry: Credentials {
    private struct State {
        var records: [String: TokenRecord] = [:]
        /// When tokens were shown since that was last written down.
        var used: [String: Timestamp] = [:]
        var waiting: [String: [Int: CheckedContinuation<Void, Never>]] = [:]
        var nextWaiting = 0
    }

    private let node: NodeID
    private let now: @Sendable () -> Timestamp
    private let state: Mutex<State>

    init(node: NodeID, records: [TokenRecord], now: @escaping @Sendable () -> Timestamp) {
        self.node = node
        self.now = now
        let known = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        state = Mutex(State(records: known))
    }

    public func credential(for secret: String) throws -> Credential? {
        guard let shown = TokenSecret(secret) else { return nil }
        guard node.digest.hex.hasPrefix(shown.node) else {
            throw HiveError(
                .unauthenticated, "this token was given out by the node `\(shown.node)`, which is another one",
                hint: "each node has its own tokens: hivectl token create, on the machine of this node")
        }
        let now = now()
        let record = state.withLock { state -> TokenRecord? in
            guard let record = state.records[shown.id], shown.isSecret(of: record.digest) else { return nil }
            if record.ending(at: now) == nil { state.used[record.id] = now }
            return record
        }
        guard let record else {
            throw HiveError(
                .unauthenticated, "the token is not known here", hint: "make another: hivectl token create")
        }
        if let ending = record.ending(at: now) {
            throw HiveError(
                .unauthenticated, "the token `\(record.name)` \(ending)", hint: "make another: hivectl token create")
        }
        return record.credential
    }

    public func end(of credential: String) async -> Bool {
        guard state.withLock({ $0.records[credential] }) != nil else { return false }
        let number = state.withLock { state in
            state.nextWaiting += 1
            return state.nextWaiting
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard let record = state.records[credential], record.ending(at: now()) == nil, !Task.isCancelled
                    else { return true }
                    state.waiting[credential, default: [:]][number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting[credential]?.removeValue(forKey: number) }?.resume()
        }
        return true
    }

    // MARK: Changing

    func put(_ record: TokenRecord) {
        state.withLock { $0.records[record.id] = record }
        sweep()
    }

    func remove(_ ids: [String]) {
        state.withLock { state in
            for id in ids {
                state.records[id] = nil
                state.used[id] = nil
            }
        }
        sweep()
    }

    /// Tells whoever waits for it that a token counts no longer.
    func sweep() {
        let now = now()
        let over = state.withLock { state in
            let ids = state.waiting.keys.filter {
                state.records[$0]?.ending(at: now) != nil || state.records[$0] == nil
            }
            return ids.flatMap { state.waiting.removeValue(forKey: $0).map { Array($0.values) } ?? [] }
        }
        for continuation in over { continuation.resume() }
    }

    /// With the time at which each was last shown.
    var records: [TokenRecord] {
        state.withLock { state in
            state.records.values.map { record in
                var record = record
                record.used = state.used[record.id] ?? record.used
                return record
            }
        }
    }
}
