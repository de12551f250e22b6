import HiveAPI
import Synchronization

/// Tokens that are their own names, until they are revoked.
final class StandInCredentials: Credentials {
    private struct State {
        var permits: [String: Permit]
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(_ permits: [String: Permit]) { state = Mutex(State(permits: permits)) }

    func credential(for secret: String) throws -> Credential? {
        guard secret.hasPrefix("stand-in-") else { return nil }
        guard let permit = state.withLock({ $0.permits[secret] }) else {
            throw HiveError(.unauthenticated, "the token `\(secret)` was revoked")
        }
        return Credential(id: secret, name: secret, role: .agent, permit: permit)
    }

    func end(of credential: String) async -> Bool {
        guard credential.hasPrefix("stand-in-") else { return false }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard state.permits[credential] != nil, !Task.isCancelled else { return true }
                    state.waiting.append(continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            wake()
        }
        return true
    }

    func revoke(_ secret: String) {
        state.withLock { $0.permits[secret] = nil }
        wake()
    }

    private func wake() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// Remembers what it was told.
final class StandInRecorder: AccessRecorder {
    private let told = Mutex<[(event: AccessEvent, access: Access)]>([])

    func record(_ event: AccessEvent, by access: Access) { told.withLock { $0.append((event, access)) } }
    var events: [AccessEvent] { told.withLock { $0.map(\.event) } }
    var accesses: [Access] { told.withLock { $0.map(\.access) } }
}
