import HiveCore
import HiveSync
import HiveTesting
import Testing

/// Whatever arrives, in whatever order and state of repair: a session says nothing that it should not, grows by a bounded
/// amount, and stores only what the replica has verified.
@Suite("Bad input to a session") struct BadInputTests {
    private static let hive = WireVectors.hive

    /// A session in the middle of a conversation.
    private func session() -> SyncSession {
        var session = SyncSession(hive: Self.hive, name: "a", address: "")
        let stream = StreamView(founding: WireVectors.founding, stream: .knowledge, logs: [WireVectors.head])
        _ = session.handle(.opened, now: 0)
        _ = session.handle(.summarized(ExchangeView(streams: [stream])), now: 0)
        return session
    }

    /// What a mutation makes of a message.
    private static let mutations: [(String, @Sendable ([UInt8], inout SeededRandom) -> [UInt8])] = [
        ("cut off", { bytes, random in Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))) }),
        ("continued", { bytes, _ in bytes + [0] }),
        (
            "flipped",
            { bytes, random in
                var bytes = bytes
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                return bytes
            }
        ),
        ("renumbered", { bytes, random in [bytes[0], UInt8.random(in: 1..<24, using: &random)] + bytes.dropFirst(2) }),
        ("promising much", { bytes, _ in [0x9a, 0xff, 0xff, 0xff, 0xff] + bytes.dropFirst() }),
        ("of another kind", { bytes, _ in [0xa1] + bytes.dropFirst() }),
    ]

    /// Whether a directive changes what is stored without the replica's verdict, or ends the conversation.
    private func isHarmless(_ directive: SyncDirective) -> Bool {
        switch directive {
        case .send, .summarize, .load, .learn, .loadBlob, .seekBlobs, .acknowledged, .introduced, .converged: true
        case .planned, .duplicate, .announced, .grafted, .pruned, .heardOf: true
        // Verified by the replica before anything is stored.
        case .commit, .close: true
        // Only what was asked for.
        case .commitBlob: false
        default: false
        }
    }

    @Test("every message, mutated in every way: refused by name, or harmless", arguments: WireVectors.messages.indices)
    func mutated(index: Int) {
        let bytes = WireVectors.messages[index].1.encoded()
        for (name, mutate) in Self.mutations {
            for seed in 0..<20 as Range<UInt64> {
                var random = SeededRandom(seed: seed)
                var session = session()
                do throws(CBORError) {
                    guard let message = try SyncMessage.decode(mutate(bytes, &random)) else { continue }
                    let directives = session.handle(.received(message), now: 1)
                    #expect(directives.allSatisfy(isHarmless), "\(name): \(directives)")
                    #expect(directives.count < 20)
                } catch {
                    #expect(!error.message.isEmpty, "a reason is named")
                }
            }
        }
    }

    @Test("messages replayed and reordered end nothing and ask for nothing twice", arguments: 0..<20 as Range<UInt64>)
    func replayed(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let harmless = WireVectors.messages.map(\.1).filter {
            switch $0 {
            case .leave, .joinRequest, .joinResponse, .joinRefusal: false
            default: true
            }
        }
        var session = session()
        var requests = 0
        for message in (harmless + harmless + harmless).shuffled(using: &random) {
            let directives = session.handle(.received(message), now: 2)
            #expect(directives.allSatisfy(isHarmless))
            requests += directives.count { if case .send(.syncRequest) = $0 { true } else { false } }
        }
        #expect(session.isOpen)
        #expect(requests == 0, "nothing is offered that is not here")
    }

    @Test("a blob that nobody asked for is not taken, and what is asked for without end is remembered within bounds")
    func unasked() {
        var session = session()
        #expect(session.handle(.received(.blob(WireVectors.blob, [1])), now: 1) == [])
        for number in 0..<5_000 {
            let address = SyncMessage.BlobAddress(
                hash: .sha256([UInt8(number >> 8), UInt8(number & 255)]), document: WireVectors.document)
            _ = session.handle(.received(.blobRequest(address)), now: 1)
            _ = session.handle(.blobLoaded(address, nil), now: 1)
        }
        let hashes = Set((0..<5_000).map { Digest.sha256([UInt8($0 >> 8), UInt8($0 & 255)]) })
        let paid = session.handle(.blobsArrived(hashes), now: 2)
        #expect(paid.count == session.settings.owedBlobs)
    }

    @Test("the hello of another hive and pairing in the middle of a conversation end it by name")
    func misplaced() {
        let foreign = SyncMessage.hello(.init(hive: HiveID(.sha256([9])), name: "x", address: "", digest: .zero))
        let cases: [(SyncMessage, String)] = [
            (foreign, "other_hive"),
            (.joinRequest(.init(secret: [1], name: "x", address: "")), "unexpected_message"),
            (.joinRefusal(code: "a", message: "b"), "unexpected_message"),
        ]
        for (message, code) in cases {
            var session = session()
            let directives = session.handle(.received(message), now: 1)
            guard case .close(let told, _)? = directives.last else { Issue.record("\(directives)"); continue }
            #expect(told == code && !session.isOpen)
            #expect(session.handle(.received(.ping(1)), now: 2) == [], "it is over")
        }
    }

    @Test("a refused range ends the conversation and names why")
    func refused() {
        for code in ["wrong_root", "unsigned_operation", "malformed_operation", "altered_operation"] {
            var session = session()
            let cause = RejectionCause(code: code, message: "refused", isFault: true)
            let directives = session.handle(.rejected(WireVectors.log, cause, held: 7), now: 1)
            #expect(directives.contains(.close(code: code, message: "refused")))
        }
    }
}
