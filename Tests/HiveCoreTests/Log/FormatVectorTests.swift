import Foundation
import HiveCore
import HiveTesting
import Testing

/// The bytes that are signed must never change: the vectors in `Tests/Vectors/format.json` are what this code writes, and
/// an independent reader in Python checks the same file. `HIVE_WRITE_VECTORS=1` writes it anew.
@Suite struct FormatVectorTests {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Vectors/format.json")

    @Test("The vectors are what is written")
    func vectors() throws {
        let made = try Self.make()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        if ProcessInfo.processInfo.environment["HIVE_WRITE_VECTORS"] != nil {
            try (encoder.encode(made) + Data("\n".utf8)).write(to: Self.file)
        }
        let stored = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: Self.file))
        #expect(stored == made)
    }

    private struct Vectors: Codable, Equatable {
        var publicKey: String
        var node: String
        var hiveFounding: String
        var hive: String
        var scopeFounding: String
        var scope: String
        var logDescriptor: String
        var log: String
        var operations: [Entry]
        var root: String
        var checkpointMessage: String
        var signature: String

        struct Entry: Codable, Equatable {
            var header: String
            var salt: String
            var body: String
            var leaf: String
        }
    }

    private static func make() throws -> Vectors {
        let signer = try Ed25519Signer(privateKey: (1...32).map { UInt8($0) })
        let founding = HiveFounding(founders: [signer.publicKey], salt: (0..<16).map { UInt8($0) })
        let scope = ScopeFounding(hive: founding.hive, name: .main, founder: signer.publicKey.nodeID)
        var random = SeededRandom(seed: 1)
        let descriptor = LogDescriptor(
            scope: scope.scope, stream: .knowledge, author: signer.publicKey, incarnation: Incarnation(using: &random))
        let other = LogID(.sha256([7]))
        let document = DocumentID.derived(kind: 34, key: [1], generation: 0)
        let changes: [([OperationBody.Change], OperationCausality)] = [
            (
                [
                    .init(field: .number(EngramField.content), change: .set(.text("hello"))),
                    .init(field: .number(EngramField.tags), change: .add([.text("a"), .text("b")])),
                    .init(path: "metadata.owner", change: .set(.text("platform"))),
                ], OperationCausality(context: VersionVector())
            ),
            (
                [.init(field: .number(EngramField.confidence), change: .set(.double(0.75)))],
                OperationCausality(
                    context: VersionVector([Dot(log: descriptor.id, number: 1), Dot(log: other, number: 300)]),
                    keeps: [Dot(log: other, number: 300)])
            ),
            (
                [
                    .init(field: .number(EngramField.tags), change: .remove),
                    .init(field: .number(EngramField.verifications), change: .tally(-2)),
                ],
                OperationCausality(
                    context: VersionVector([Dot(log: descriptor.id, number: 2)]),
                    removes: [ElementDot(dot: Dot(log: descriptor.id, number: 1), index: 1)])
            ),
        ]
        var names = LogNames()
        var frontier = MerkleFrontier()
        var entries: [Vectors.Entry] = []
        for (index, (changes, causality)) in changes.enumerated() {
            let body = OperationBody(agent: index == 0 ? "ava" : nil, changes: changes)
            let salted = SaltedBody(bytes: body.encoded(), using: &random)
            let header = OperationHeader(
                dot: Dot(log: descriptor.id, number: UInt64(index + 1)),
                stamp: Stamp(milliseconds: 1_700_000_000_000, counter: UInt16(index)),
                target: OperationTarget(document: document, kind: .semantic, fields: body.changes.map(\.field)),
                causality: causality, continues: index == 1, body: salted)
            let bytes = header.encoded(names: &names)
            frontier.append(leaf: Operation.leaf(of: bytes))
            entries.append(
                Vectors.Entry(
                    header: Hex.encode(bytes), salt: Hex.encode(salted.salt), body: Hex.encode(salted.bytes),
                    leaf: Operation.leaf(of: bytes).hex))
        }
        let checkpoint = try Checkpoint(log: descriptor.id, size: frontier.size, root: frontier.root, signer: signer)
        var encoder = CBOREncoder()
        descriptor.encode(into: &encoder)
        return Vectors(
            publicKey: Hex.encode(signer.publicKey.bytes), node: signer.publicKey.nodeID.description,
            hiveFounding: Hex.encode(founding.encoded()), hive: founding.hive.description,
            scopeFounding: Hex.encode(scope.encoded()), scope: scope.scope.description,
            logDescriptor: Hex.encode(encoder.bytes), log: descriptor.id.description, operations: entries,
            root: frontier.root.hex,
            checkpointMessage: Hex.encode(
                Checkpoint.message(log: descriptor.id, size: frontier.size, root: frontier.root)),
            signature: Hex.encode(checkpoint.signature.bytes))
    }
}
