import Foundation
import HiveCore
import HiveSync
import Testing

/// Conversations that were recorded once: today's session understands them and says the same.
@Suite("Recorded sessions") struct RecordedSessionTests {
    /// What crossed in one turn: who said it, and its bytes.
    private struct Line: Codable, Equatable {
        let turn: Int
        let from: Int
        let bytes: String
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Vectors/sessions")
    private static let founding = ScopeFounding(
        hive: HiveID(.sha256([2])), name: .main, founder: NodeID(.sha256([3])))

    static let names = ["reconnect", "catch-up", "newcomer", "buckets"]

    private static func pair(_ name: String) -> SessionPair {
        let (first, second): (ExchangeView, ExchangeView) =
            switch name {
            case "reconnect": (view(5), view(5))
            case "catch-up": (view(5), view(5, lacking: [1, 3]))
            case "newcomer": (view(5), view(0))
            default: (view(90), view(90, lacking: [7]))
            }
        return SessionPair(first, second, hive: founding.hive)
    }

    private static func view(_ count: Int, lacking: Set<Int> = []) -> ExchangeView {
        let heads = (0..<count).map { number in
            let size: UInt64 = lacking.contains(number) ? 6 : 9
            return LogHead(
                log: LogID(.sha256([UInt8(number)])), size: size, root: .sha256([UInt8(number), UInt8(size)]))
        }
        return ExchangeView(streams: [StreamView(founding: founding, stream: .knowledge, logs: heads)])
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.utf8).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private static func record(_ name: String, in file: URL) throws {
        var pair = pair(name)
        pair.talk()
        let lines = pair.turns.enumerated().flatMap { turn, said in
            said.map { Line(turn: turn, from: $0.from, bytes: hex($0.message.encoded())) }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try (encoder.encode(lines) + Data("\n".utf8)).write(to: file)
    }

    /// `HIVE_WRITE_VECTORS=1` records them anew, for a version that means to say something else.
    @Test("a recorded conversation is understood and answered alike", arguments: names)
    func replay(name: String) throws {
        let file = Self.folder.appending(path: "\(name).json")
        if ProcessInfo.processInfo.environment["HIVE_WRITE_VECTORS"] == "1" { try Self.record(name, in: file) }
        let lines = try JSONDecoder().decode([Line].self, from: Data(contentsOf: file))
        var pair = Self.pair(name)
        var said = (0...1).flatMap { index in
            pair.open(index).map { Line(turn: 0, from: index, bytes: Self.hex($0.encoded())) }
        }
        for turn in 0...(lines.map(\.turn).max() ?? 0) {
            let recorded = lines.filter { $0.turn == turn }
            #expect(said == recorded, "turn \(turn) of \(name)")
            said = []
            for line in recorded {
                guard let message = try SyncMessage.decode(Self.bytes(line.bytes)) else {
                    Issue.record("a recorded message is not known any more: \(line.bytes)")
                    continue
                }
                said += pair.hear(message, at: 1 - line.from).map {
                    Line(turn: turn + 1, from: 1 - line.from, bytes: Self.hex($0.encoded()))
                }
            }
        }
        #expect(said.isEmpty, "nothing more is said than was")
    }
}
