import HiveAPI
import HiveCore
import HiveSync
import HiveTesting
import Logging
import Synchronization

@testable import HiveNode

/// A node without peers, whose clock stands still until it is moved.
struct LoneNode {
    let node: Node
    private let clock: Clock

    private final class Clock: Sendable {
        let milliseconds = Mutex<Int64>(1_800_000_000_000)
        let uptime = Mutex<Int64>(0)
    }

    /// - Parameter former: the embedder of a model that served before.
    init(
        embedder: (any Embedder)? = nil, store: any Store = InMemoryStore(), keys: (any StoreKeys)? = nil,
        access: (any AccessJournal)? = nil, meaningWeight: Double? = nil, summarizer: (any Summarizer)? = nil,
        adjust: (inout Node.Settings) -> Void = { _ in }, former: (String?) -> (any Embedder)? = { _ in nil },
        surround: (inout Surroundings) -> Void = { _ in },
        signer: any Signing = KeyedHashSigner(publicKey: LoneNode.key),
        inspect: @escaping @Sendable () throws -> [String] = { [] },
        scrub: @escaping @Sendable () throws -> Void = {}
    ) throws {
        let clock = Clock()
        self.clock = clock
        let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: clock.milliseconds.withLock { $0 }) }
        let replica = try NodeOpening.open(store, key: Self.key, mustReincarnate: false, now: now())
        var surroundings = Surroundings(
            now: now, uptime: { clock.uptime.withLock { $0 } }, abandon: { _ in }, scrub: scrub, inspect: inspect)
        surroundings.keys = keys
        surroundings.access = access
        surround(&surroundings)
        let kernel = NodeKernel(
            store: store, replica: replica, signer: signer, verifier: KeyedHashVerifier(), surroundings: surroundings)
        let address = PeerAddress(host: "127.0.0.1", port: 0)
        var settings = Node.Settings(name: "lone", version: "test", peerAddress: address)
        settings.meaningWeight = meaningWeight
        adjust(&settings)
        node = try Node(
            kernel: kernel, transport: InMemoryTransport(key: Self.key, hub: InMemoryHub()), embedder: embedder,
            formerEmbedder: former, summarizer: summarizer, settings: settings, logger: Logger(label: "test"))
    }

    /// The key of all nodes of this kind.
    static let key: PublicKey = {
        guard let key = PublicKey(bytes: Array(repeating: 7, count: 32)) else {
            preconditionFailure("32 bytes are a key")
        }
        return key
    }()

    /// Lets time go by.
    func advance(seconds: Int64) {
        clock.uptime.withLock { $0 += seconds * 1000 }
        setClock(ahead: seconds)
    }

    /// Sets the clock and lets no time go by.
    func setClock(ahead seconds: Int64) { clock.milliseconds.withLock { $0 += seconds * 1000 } }

    @discardableResult
    func store(_ content: String, _ adjust: (inout StoreMemory) -> Void = { _ in }) async throws -> String {
        var request = StoreMemory(content: content)
        adjust(&request)
        advance(seconds: 1)
        return try await node.store(request, as: .agent).memory.id
    }

    /// Takes up what was written, then searches.
    func search(_ text: String, _ adjust: (inout MemoryQuery) -> Void = { _ in }) async throws -> [MemoryHit] {
        try await node.meaning?.catchUp()
        var query = MemoryQuery(q: text)
        adjust(&query)
        return try await node.search(query, as: .agent).items
    }
}
