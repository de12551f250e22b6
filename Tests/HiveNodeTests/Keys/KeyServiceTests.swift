import HiveAPI
import HiveCore
import HiveTesting
import Synchronization
import Testing

@testable import HiveNode

/// What operators see of the keys, and how a change of them goes on behind the other work.
@Suite struct KeyServiceTests {
    @Test("A node with a plain store says so, and has no keys to change")
    func plain() async throws {
        let node = try LoneNode().node
        #expect(try await node.keyStatus(as: .operator).encrypted == false)
        let error = await #expect(throws: HiveError.self) { try await node.rotateKeys(as: .operator) }
        #expect(error?.code == .notEncrypted && error?.httpStatus == 409)
        #expect(error?.hint?.contains("encryption") == true)
    }

    @Test("Agents see and change nothing of the keys")
    func agents() async throws {
        let node = try LoneNode(keys: SketchedKeys()).node
        for work in [
            { _ = try await node.keyStatus(as: .agent) }, { _ = try await node.rotateKeys(as: .agent) },
            { _ = try await node.openLines(SealedLines(lines: []), as: .agent) },
        ] as [@Sendable () async throws -> Void] {
            let error = await #expect(throws: HiveError.self) { try await work() }
            #expect(error?.code == .forbidden)
        }
    }

    @Test("A change is answered at once, is seen while it goes on, and comes to its end")
    func change() async throws {
        let keys = SketchedKeys()
        let node = try LoneNode(keys: keys).node
        let answer = try await node.rotateKeys(as: .operator)
        #expect(answer.dataKeys.map(\.number) == [1, 2])
        #expect(answer.rotation?.done == 0)
        #expect(answer.currentKey == "k2" && !answer.isBehind)
        let keeping = try #require(node.keyKeeping)
        try await keeping.finish()
        let after = try await node.keyStatus(as: .operator)
        #expect(after.dataKeys.map(\.number) == [2])
        #expect(after.rotation == nil)
        try await keeping.finish()
        #expect(keys.steps.withLock { $0 } == 3, "nothing is left to do")
    }

    @Test("A walk that fails is told in status and health, until it goes on")
    func failure() async throws {
        let keys = SketchedKeys()
        let node = try LoneNode(keys: keys).node
        _ = try await node.rotateKeys(as: .operator)
        keys.failure.withLock { $0 = StoreError(.full, "the disk is full") }
        let keeping = try #require(node.keyKeeping)
        await #expect(throws: StoreError.self) { try await keeping.finish() }
        keeping.note(StoreError(.full, "the disk is full"))
        #expect(try await node.keyStatus(as: .operator).rotation?.problem == "the disk is full")
        #expect(await node.health().reasons.contains { $0.contains("the disk is full") })
        keys.failure.withLock { $0 = nil }
        try await keeping.finish()
        #expect(await node.health().reasons.isEmpty)
    }

    @Test("A provider that does not answer is told, and hides nothing else")
    func unreachable() async throws {
        let keys = SketchedKeys()
        let node = try LoneNode(keys: keys).node
        keys.isGone.withLock { $0 = true }
        let status = try await node.keyStatus(as: .operator)
        #expect(status.currentKey == nil && status.problem == "nobody answers" && status.dataKeys.count == 1)
        let error = await #expect(throws: HiveError.self) { try await node.rotateKeys(as: .operator) }
        #expect(error?.code == .unavailable)
        #expect(try await node.keyStatus(as: .operator).rotation == nil)
    }

    @Test("A key that has sealed very much degrades the node's health")
    func worn() async throws {
        let keys = SketchedKeys()
        let node = try LoneNode(keys: keys).node
        #expect(await node.health().status == .ok)
        keys.seals.withLock { $0 = DataKeyStatus.safeSeals + 1 }
        #expect(await node.health().reasons.contains { $0.contains("hivectl keys rotate") })
    }
}

/// Keys without a store: a change takes three steps.
private final class SketchedKeys: StoreKeys {
    let cipher = "aes-256-gcm"
    let steps = Mutex(0)
    let seals = Mutex(0)
    let failure = Mutex<StoreError?>(nil)
    let isGone = Mutex(false)
    private let numbers = Mutex([1])

    private var isReachable: Bool { isGone.withLock { !$0 } }

    func provider() async -> (place: String, currentKey: Result<String, any Error>) {
        guard isReachable else { return ("memory", .failure(KeyError(.unreachable, "nobody answers"))) }
        return ("memory", .success("k\(numbers.withLock { $0[$0.count - 1] })"))
    }

    func dataKeys() throws -> [(number: Int, wrappedWith: String, seals: Int)] {
        numbers.withLock { numbers in
            numbers.map { ($0, "k\(numbers[numbers.count - 1])", seals.withLock { $0 }) }
        }
    }

    func change() async throws {
        guard isReachable else { throw KeyError(.unreachable, "nobody answers") }
        numbers.withLock { $0.append($0[$0.count - 1] + 1) }
    }

    func resealNext() throws -> (done: Int, total: Int)? {
        if let failure = failure.withLock({ $0 }) { throw failure }
        let step = steps.withLock { steps in
            steps += 1
            return steps
        }
        if step < 3 { return (step, 3) }
        numbers.withLock { $0.removeFirst($0.count - 1) }
        return nil
    }

    func open(line: String) throws -> String { line }
}
