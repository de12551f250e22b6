import HiveAPI
import Synchronization

/// Tokens that are their own names, until they are revoked.
final class StandInCredentials: Credentials {
    private struct State {
        var permits: [String: Permit]
        var waiting: [Int: (credential: String, continuation: CheckedContinuation<Void, Never>)] = [:]
        var next = 0
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
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard state.permits[credential] != nil, !Task.isCancelled else { return true }
                    state.waiting[number] = (credential, continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.continuation.resume()
        }
        return true
    }

    func revoke(_ secret: String) {
        let over = state.withLock { state in
            state.permits[secret] = nil
            let over = state.waiting.filter { $0.value.credential == secret }
            for number in over.keys { state.waiting[number] = nil }
            return over.values.map(\.continuation)
        }
        for continuation in over { continuation.resume() }
    }
}

/// Remembers what it was told.
final class StandInRecorder: AccessRecorder {
    private let told = Mutex<[(event: AccessEvent, access: Access)]>([])

    func record(_ event: AccessEvent, by access: Access) { told.withLock { $0.append((event, access)) } }
    var events: [AccessEvent] { told.withLock { $0.map(\.event) } }
    var accesses: [Access] { told.withLock { $0.map(\.access) } }
}
