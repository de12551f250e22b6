import HiveTesting
import Testing

@testable import HiveCore

@Suite("Replacements") struct ReplacementsTests {
    @Test("say what asking every operation says", arguments: 0..<200 as Range<UInt64>)
    func sameAsOneByOne(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let logs = (0..<3).map { LogID(.sha256([$0])) }
        let dots = logs.flatMap { log in (1...6).map { Dot(log: log, number: $0) } }
        let body = SaltedBody(bytes: [0x80], using: &random)
        let headers = dots.map { dot in
            let seen = dots.filter { _ in random.chance(20) } + (random.chance(5) ? [dot] : [])
            return OperationHeader(
                dot: dot, stamp: Stamp(value: 1),
                target: OperationTarget(
                    document: .derived(kind: 34, key: [1], generation: 0), kind: .semantic,
                    fields: [8, 9].filter { _ in random.chance(70) }.map(FieldID.number)),
                causality: OperationCausality(
                    context: VersionVector(seen), keeps: random.chance(30) ? seen.filter { _ in random.chance(50) } : []
                ),
                continues: false, body: body)
        }
        let replacements = Replacements(by: headers)
        for field in [8, 9, 10].map(FieldID.number) {
            for dot in dots {
                let expected = headers.contains { $0.fields.contains(field) && $0.replaces(dot) }
                #expect(replacements.cover(dot, in: field) == expected, "seed \(seed), \(dot) in \(field)")
            }
        }
    }
}
