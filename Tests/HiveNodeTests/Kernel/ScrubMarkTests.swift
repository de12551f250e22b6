import HiveAPI
import HiveCore
import HiveTesting
import Synchronization
import Testing

@testable import HiveNode

/// Bytes that were dropped while a scrub went on are scrubbed too.
@Suite struct ScrubMarkTests {
    @Test("A scrub leaves the mark of what was purged while it ran")
    func marks() async throws {
        let store = InMemoryStore()
        let scrubs = Mutex(0)
        let key = Array("scrub-due".utf8)
        let lone = try LoneNode(
            store: store,
            scrub: {
                guard
                    scrubs.withLock({
                        $0 += 1; return $0
                    }) == 1
                else { return }
                // As the commit of another purge does.
                try store.write { try $0.local.set([2], for: key, in: "node") }
            })
        let id = try await lone.store("gone")
        _ = try await lone.node.remove(id, RemoveMemory(mode: .erase, now: true), as: .operator)
        #expect(try store.read { try ScrubMark.current(in: $0) } == [2])
        try await lone.node.purge()
        #expect(scrubs.withLock { $0 } == 2)
        #expect(try store.read { try ScrubMark.current(in: $0) } == nil)
        try await lone.node.purge()
        #expect(scrubs.withLock { $0 } == 2, "there is nothing left to scrub")
    }
}
