import HiveCore
import HiveSync
import HiveTesting
import Testing

/// Messages come back from their bytes; anything else is refused and never traps.
@Suite struct SyncMessageTests {
    private var samples: [SyncMessage] {
        let log = LogID(.sha256([1]))
        let scope = ScopeFounding(hive: HiveID(.sha256([2])), name: .main, founder: NodeID(.sha256([3])))
        let head = LogHead(log: log, size: 7, root: .sha256([4]))
        let address = DocumentAddress(scope: scope.scope, document: .derived(kind: 1, key: [1], generation: 0))
        let blob = SyncMessage.BlobAddress(hash: .sha256([5]), document: address)
        return [
            .hello(.init(hive: scope.hive, name: "a", address: "h:1", digest: .zero)), .helloAck(digest: .zero),
            .have([.init(founding: scope, stream: .law, digest: .sha256([6]))]), .logs(scope.scope, .knowledge, [head]),
            .syncRequest(log, from: 3), .plan(log, operations: 9, bytes: 8), .syncAck([head]), .blobRequest(blob),
            .buckets(scope.scope, .law, [UInt8](repeating: 3, count: 128)), .bucketLogs(scope.scope, .law, [head]),
            .cursor(log, 4), .overlay(.graft(scope.scope, log, from: 2)), .overlay(.prune(scope.scope)),
            .overlay(.announce(scope.scope, [head])), .overlay(.peers([])), .overlay(.busy(5_000)),
            .blob(blob, [1, 2]),
            .joinRequest(.init(secret: [1], name: "b", address: "")), .joinRefusal(code: "x", message: "y"),
            .leave(code: "x", message: "y"), .ping(1), .pong(2), .conflictNotification([address]),
            .conflictResolution([]),
        ] + mirrorSamples + softSamples
    }

    private var softSamples: [SyncMessage] {
        let states = [0, 4096].compactMap { size -> SoftState? in
            guard let key = PublicKey(bytes: [UInt8](repeating: 9, count: 32)),
                let signature = Signature(bytes: [UInt8](repeating: 3, count: 64))
            else { return nil }
            return SoftState(
                author: key, key: "agent/ava", scope: ScopeID(.sha256([9])),
                payload: [UInt8](repeating: 1, count: size), stamp: Stamp(value: 77), lifetime: 60_000,
                signature: signature)
        }
        return [.soft([]), .soft(states)]
    }

    private var mirrorSamples: [SyncMessage] {
        let offer = MirrorOffer(
            id: "0123456789abcdef", size: 9, digest: .sha256([7]), created: Timestamp(milliseconds: 1),
            keptUntil: Timestamp(milliseconds: -2))
        let name = MirrorName(owner: NodeID(.sha256([8])), id: offer.id)
        let messages: [MirrorMessage] = [
            .offer(offer), .refusal(id: offer.id, code: "x", message: "y"), .want(name, offset: 3),
            .chunk(name, offset: 3, [1, 2]), .stored(id: offer.id, digest: offer.digest), .drop(id: offer.id), .list,
            .listing([.init(offer: offer, held: 4, isWhole: false)]), .listing([]),
        ]
        return messages.map { .mirror($0) }
    }

    @Test("An id of a backup that is none, and a file without bytes, are refused")
    func mirrorNames() {
        for id in ["../../etc/passwd", "0123456789ABCDEF", "0123456789abcde", "0123456789abcdef0", ""] {
            let bytes = SyncMessage.mirror(.drop(id: id)).encoded()
            #expect(throws: CBORError.self) { try SyncMessage.decode(bytes) }
        }
        let empty = MirrorOffer(
            id: "0123456789abcdef", size: 0, digest: .zero, created: Timestamp(milliseconds: 1),
            keptUntil: Timestamp(milliseconds: 1))
        #expect(throws: CBORError.self) { try SyncMessage.decode(SyncMessage.mirror(.offer(empty)).encoded()) }
    }

    @Test("Every message comes back from its bytes")
    func roundTrip() throws {
        for message in samples { #expect(try SyncMessage.decode(message.encoded()) == message) }
    }

    @Test("A message of a later version is passed over")
    func laterVersion() throws {
        var encoder = CBOREncoder()
        encoder.beginArray(count: 2)
        encoder.encode(unsigned: 99)
        encoder.encode(text: "?")
        #expect(try SyncMessage.decode(encoder.bytes) == nil)
    }

    @Test("Parts that a later version added at the end are passed over; too few are refused")
    func laterParts() throws {
        for message in samples {
            guard case .array(let parts) = try CBORValue(decoding: message.encoded()) else {
                Issue.record("no array")
                continue
            }
            let longer = CBORValue.array(parts + [.array([.text("?")]), .unsigned(7)])
            #expect(try SyncMessage.decode(longer.encoded()) == message)
            guard parts.count > 1 else { continue }
            let shortest = CBORValue.array([parts[0]])
            #expect(throws: CBORError.self) { try SyncMessage.decode(shortest.encoded()) }
        }
    }

    @Test("A hello, a request and a plan of version 0 are understood")
    func versionZero() throws {
        let log = LogID(.sha256([1]))
        let hello = SyncMessage.Hello(
            versions: (0, 0), hive: HiveID(.sha256([2])), name: "a", address: "", digest: .zero)
        let messages: [(SyncMessage, Int)] = [
            (.hello(hello), 7), (.syncRequest(log, from: 3), 3), (.plan(log, operations: 9, bytes: 0), 3),
        ]
        for (message, parts) in messages {
            guard case .array(let all) = try CBORValue(decoding: message.encoded()) else {
                Issue.record("no array")
                continue
            }
            #expect(try SyncMessage.decode(CBORValue.array(Array(all.prefix(parts))).encoded()) == message)
        }
    }

    @Test("Damaged bytes are refused or mean another message; they never trap", arguments: 0..<20 as Range<UInt64>)
    func damage(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for message in samples {
            var bytes = message.encoded()
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if random.chance(30) { bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))) }
            _ = try? SyncMessage.decode(bytes)
        }
    }
}
