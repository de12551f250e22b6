import HiveCore
import HiveTesting

/// Makes values of every kind, small ones mostly, the edges often.
struct ValueGenerator {
    var random: SeededRandom

    private static let doubles: [Double] = [
        0, -0.0, .nan, -.nan, .infinity, .leastNonzeroMagnitude, 0x1p-24, 0x1p-25, 0x1p-14, 65_520,
    ]

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func value(depth: Int = 0) -> CBORValue {
        switch Int.random(in: 0..<(depth < 5 ? 9 : 7), using: &random) {
        case 0: .unsigned(edge())
        case 1: .negative(edge())
        case 2: .bytes(bytes(count: Int.random(in: 0...300, using: &random)))
        case 3: .text(text())
        case 4: .bool(Bool.random(using: &random))
        case 5: .null
        case 6: .double(double())
        case 7: .array((0..<Int.random(in: 0...30, using: &random)).map { _ in value(depth: depth + 2) })
        default: .map(map(depth: depth))
        }
    }

    mutating func bytes(count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) } }

    private mutating func map(depth: Int) -> CBORMap {
        CBORMap(
            (0..<Int.random(in: 0...30, using: &random)).map { _ in
                CBORMap.Entry(key: value(depth: depth + 4), value: value(depth: depth + 2))
            })
    }

    /// A number near a place where its encoding grows.
    private mutating func edge() -> UInt64 {
        let bases: [UInt64] = [0, 24, 1 << 8, 1 << 16, 1 << 32, 1 << 63, 0, random.next()]
        let base = bases.randomElement(using: &random) ?? 0
        return base &+ UInt64.random(in: 0...2, using: &random) &- 1
    }

    private mutating func text() -> String {
        let scalars: [Unicode.Scalar] = ["a", "\u{0}", "é", "e", "\u{301}", "水", "𐅑", "\n", "\u{FFFD}"]
        let view = (0..<Int.random(in: 0...40, using: &random)).compactMap { _ in scalars.randomElement(using: &random)
        }
        return String(String.UnicodeScalarView(view))
    }

    private mutating func double() -> Double {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: Double(bitPattern: random.next())
        case 1: Double(Float(bitPattern: UInt32(truncatingIfNeeded: random.next())))
        case 2: Double(Int.random(in: -70_000...70_000, using: &random)) / 16
        default: Self.doubles.randomElement(using: &random) ?? 0
        }
    }
}
