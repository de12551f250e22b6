import Foundation
import HiveCore
import HiveSync
import Testing

/// What was written down stays: today's code reads and writes the recorded bytes.
@Suite("Wire vectors") struct WireVectorTests {
    private struct Vector: Codable, Equatable {
        let name: String
        let bytes: String
    }

    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Vectors/wire.json")

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.utf8).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// `HIVE_WRITE_VECTORS=1` writes them down anew, for a version that means to change them.
    @Test("every message has the bytes that were written down, and is read from them")
    func vectors() throws {
        let made = WireVectors.messages.map { Vector(name: $0.0, bytes: Self.hex($0.1.encoded())) }
        if ProcessInfo.processInfo.environment["HIVE_WRITE_VECTORS"] == "1" {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try (encoder.encode(made) + Data("\n".utf8)).write(to: Self.file)
        }
        let written = try JSONDecoder().decode([Vector].self, from: Data(contentsOf: Self.file))
        #expect(made == written)
        for (vector, message) in zip(written, WireVectors.messages) {
            #expect(try SyncMessage.decode(Self.bytes(vector.bytes)) == message.1, "\(vector.name)")
        }
    }
}
