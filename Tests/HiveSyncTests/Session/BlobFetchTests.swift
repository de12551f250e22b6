import HiveCore
import Testing

@testable import HiveSync

/// A peer that has some blobs, a store that misses some, and the walk between them.
private struct Walk {
    var fetch = BlobFetch(window: 4, timeout: 1000)
    var missing: [SyncMessage.BlobAddress]
    let peerHas: Set<SyncMessage.BlobAddress>
    var requests: [SyncMessage.BlobAddress] = []
    var atOnce = 0
    private var waiting: [SyncMessage.BlobAddress] = []

    init(missing: [SyncMessage.BlobAddress], peerHas: Set<SyncMessage.BlobAddress>) {
        self.missing = missing.sorted { $0.hash < $1.hash }
        self.peerHas = peerHas
    }

    mutating func perform(_ directives: [SyncDirective], now: Int64) {
        var directives = directives
        while !directives.isEmpty {
            switch directives.removeFirst() {
            case .seekBlobs(let cursor, let limit):
                let rest = missing.filter { address in cursor.map { $0 < address.hash } ?? true }
                let page = Array(rest.prefix(limit))
                directives += fetch.take(page, next: page.count < limit ? nil : page.last?.hash, now: now)
            case .send(.blobRequest(let address)):
                requests.append(address)
                waiting.append(address)
                atOnce = max(atOnce, waiting.count)
            default: Issue.record("the walk wants something else")
            }
        }
    }

    /// Everything that the peer has and was asked for arrives.
    mutating func deliver(now: Int64) {
        while let address = waiting.first(where: peerHas.contains) {
            waiting.removeAll { $0 == address }
            let wasAskedFor = fetch.accept(address)
            #expect(wasAskedFor)
            missing.removeAll { $0 == address }
            perform(fetch.proceed(now: now), now: now)
        }
    }

    mutating func giveUp() { waiting = [] }
}

@Suite("BlobFetch") struct BlobFetchTests {
    private func addresses(_ count: Int) -> [SyncMessage.BlobAddress] {
        (0..<count).map { number in
            let bytes = [UInt8(number % 256), UInt8(number / 256)]
            let document = DocumentID.derived(kind: 34, key: bytes, generation: 0)
            return SyncMessage.BlobAddress(
                hash: .sha256(bytes), document: DocumentAddress(scope: ScopeID(.zero), document: document))
        }
    }

    @Test("asks for all that is missing, a window at a time, each once")
    func all() {
        let blobs = addresses(100)
        var walk = Walk(missing: blobs, peerHas: Set(blobs))
        walk.perform(walk.fetch.begin(), now: 0)
        walk.deliver(now: 0)
        #expect(walk.missing.isEmpty)
        #expect(walk.requests.count == 100)
        #expect(walk.atOnce == 4)
    }

    @Test("goes past what the peer does not have, once that is given up")
    func past() {
        let blobs = addresses(40)
        let sorted = blobs.sorted { $0.hash < $1.hash }
        var walk = Walk(missing: blobs, peerHas: Set(sorted.dropFirst(20)))
        walk.perform(walk.fetch.begin(), now: 0)
        for round in 1...10 {
            walk.deliver(now: Int64(round - 1) * 2000)
            walk.giveUp()
            walk.perform(walk.fetch.proceed(now: Int64(round) * 2000), now: Int64(round) * 2000)
        }
        #expect(Set(walk.missing) == Set(sorted.prefix(20)))
    }

    @Test("begins anew for what was missing after the walk had passed it")
    func anew() {
        let blobs = addresses(30)
        var walk = Walk(missing: Array(blobs.prefix(10)), peerHas: Set(blobs))
        walk.perform(walk.fetch.begin(), now: 0)
        walk.missing = (walk.missing + blobs.dropFirst(10)).sorted { $0.hash < $1.hash }
        walk.perform(walk.fetch.begin(), now: 0)
        walk.deliver(now: 0)
        #expect(walk.missing.isEmpty)
    }

    @Test("takes only what it asked for")
    func asked() {
        var fetch = BlobFetch(window: 4, timeout: 1000)
        let wasAskedFor = fetch.accept(addresses(1)[0])
        #expect(!wasAskedFor)
    }
}
