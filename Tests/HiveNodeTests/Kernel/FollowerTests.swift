import HiveAPI
import HiveCore
import HiveTesting
import Synchronization
import Testing

@testable import HiveNode

@Suite struct FollowerTests {
    @Test("Followers are told in the order in which they came")
    func order() async throws {
        let lone = try LoneNode()
        let told = Mutex<[Int]>([])
        for number in 0..<40 { _ = lone.node.kernel.follow { _ in told.withLock { $0.append(number) } } }
        _ = try await lone.store("something happens")
        _ = try await lone.store("and something more, after everybody heard of the first")
        #expect(told.withLock { $0 }.prefix(40) == ArraySlice(0..<40))
    }
}

/// Signs until it is told to fail.
private final class MoodySigner: Signing {
    let isBroken = Mutex(false)

    func sign(_ message: [UInt8]) throws -> Signature {
        if isBroken.withLock({ $0 }) { throw StoreError(.failed, "the key is out of reach") }
        return try KeyedHashSigner(publicKey: LoneNode.key).sign(message)
    }
}

@Suite struct UnsignedEndTests {
    @Test("What is on disk is answered for and told of, also where its log cannot be signed just now")
    func unsigned() async throws {
        let signer = MoodySigner()
        let lone = try LoneNode(signer: signer)
        let told = Mutex<Set<DocumentAddress>>([])
        _ = lone.node.kernel.follow { change in told.withLock { $0.formUnion(change.documents) } }
        signer.isBroken.withLock { $0 = true }
        let id = try await lone.store("something happens") { $0.scope = "collective:main" }
        _ = try await lone.store("on this node alone") { $0.scope = "instance" }
        #expect(told.withLock { $0.contains { $0.document.hex == id } })
        signer.isBroken.withLock { $0 = false }
        _ = try await lone.store("and again") { $0.scope = "collective:main" }
        #expect(try await lone.node.memory(id, as: .agent).content == "something happens")
        #expect(lone.node.kernel.failure == nil)
    }
}
