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
        #expect(told.withLock { $0 }.prefix(40) == ArraySlice(0..<40))
    }
}
