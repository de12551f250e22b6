import HiveAPI
import Logging
import Synchronization

/// Seals a store anew behind the node's other work, from a change of keys, or a start that finds one unfinished, to its end.
final class KeyKeeping: Sendable {
    let keys: any StoreKeys
    private let state = Mutex(State())
    private let (signals, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    private struct State {
        var rotation: KeyRotation?
        var isChanging = false
    }

    init(keys: any StoreKeys) { self.keys = keys }

    /// What is being sealed anew; nil where nothing is.
    var rotation: KeyRotation? { state.withLock { $0.rotation } }

    /// What an operator should know of the keys.
    func complaints() throws -> [String] {
        let newest = try keys.dataKeys().last.map {
            DataKeyStatus(number: $0.number, wrappedWith: $0.wrappedWith, seals: $0.seals)
        }
        let isWorn = newest?.isWorn ?? false
        return (isWorn ? ["the data key has sealed many values: change it by `hivectl keys rotate`"] : [])
            + (rotation?.problem.map { ["values cannot be sealed with the new key: \($0)"] } ?? [])
    }

    /// Puts new keys in force, one change at a time.
    func change() async throws {
        let isFree = state.withLock { state in
            defer { state.isChanging = true }
            return !state.isChanging
        }
        guard isFree else {
            throw HiveError(.alreadyExists, "the keys are being changed already", hint: "see `hivectl keys status`")
        }
        defer { state.withLock { $0.isChanging = false } }
        try await keys.change()
        state.withLock { $0.rotation = KeyRotation(done: 0, total: 0) }
        signal.yield()
    }

    /// Seals anew whatever is not sealed with the newest key, at the start and after each change, until cancelled.
    func run(logger: Logger) async throws {
        signal.yield()
        for await _ in signals {
            do { try await finish() } catch is CancellationError { return } catch {
                logger.error("values cannot be sealed with the new key, it is tried again in five seconds: \(error)")
                note(error)
                do { try await Task.sleep(for: .seconds(5)) } catch { return }
                signal.yield()
            }
        }
    }

    /// Has status and health tell why it does not go on.
    func note(_ error: any Error) {
        let problem = HiveError(error).message
        state.withLock { state in
            let rotation = state.rotation ?? KeyRotation(done: 0, total: 0)
            state.rotation = KeyRotation(done: rotation.done, total: rotation.total, problem: problem)
        }
    }

    /// Goes on to the end. Each step is a short write of its own, so that the others get their turn between them.
    func finish() async throws {
        guard try keys.dataKeys().count > 1 else { return state.withLock { $0.rotation = nil } }
        while let (done, total) = try keys.resealNext() {
            state.withLock { $0.rotation = KeyRotation(done: done, total: total) }
            try Task.checkCancellation()
            await Task.yield()
        }
        state.withLock { $0.rotation = nil }
    }
}
