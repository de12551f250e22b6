import HiveCEL

/// Makes random expressions of every form.
struct ExpressionGenerator {
    var random: Random

    private static let names = ["a", "b", "x1", "_", "long_name", ".root", "in_", "true1"]
    private static let fields = ["f", "in", "true", "a-b", "with space", "x.y", "as", "f0", "e5"]
    private static let functions = ["f", "size", "matches", "a1"]
    private static let binary = [
        "_+_", "_-_", "_*_", "_/_", "_%_", "_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_", "_in_", "_[_]", "_[?_]",
    ]
    private static let origin = SourcePosition(line: 1, column: 1)

    private func make(_ form: ExpressionForm) -> Expression { Expression(form, at: Self.origin) }

    mutating func expression(depth: Int) -> Expression {
        guard depth > 0, !random.isOneIn(5) else { return leaf() }
        let next = depth - 1
        switch random.below(12) {
        case 0: return make(.select(expression(depth: next), field: random.pick(Self.fields)))
        case 1: return make(.optionalSelect(expression(depth: next), field: random.pick(Self.fields)))
        case 2: return make(.presence(expression(depth: next), field: random.pick(Self.fields)))
        case 3:
            return make(.call(function: random.pick(["!_", "-_"]), target: nil, arguments: [expression(depth: next)]))
        case 4:
            let names = ["_&&_", "_||_"]
            return make(.call(function: random.pick(names), target: nil, arguments: several(2...4, depth: next)))
        case 5: return make(.call(function: "_?_:_", target: nil, arguments: several(3...3, depth: next)))
        case 6:
            let target = random.isOneIn(2) ? expression(depth: next) : nil
            let arguments = several(0...3, depth: next)
            return make(.call(function: random.pick(Self.functions), target: target, arguments: arguments))
        case 7:
            return make(.list(several(0...3, depth: next).map { ListElement($0, isOptional: random.isOneIn(4)) }))
        case 8:
            let keys = several(0...3, depth: next)
            return make(
                .map(keys.map { MapEntry($0, expression(depth: next), isOptional: random.isOneIn(4)) }))
        case 9: return comprehension(depth: next)
        case 10: return binding(depth: next)
        default:
            return make(
                .call(function: random.pick(Self.binary), target: nil, arguments: several(2...2, depth: next)))
        }
    }

    private mutating func several(_ counts: ClosedRange<Int>, depth: Int) -> [Expression] {
        (0..<Int.random(in: counts, using: &random)).map { _ in expression(depth: depth) }
    }

    private mutating func comprehension(depth: Int) -> Expression {
        let kinds: [Comprehension.Kind] = [
            .all, .exists, .existsOne, .map, .filter, .transformList, .transformMap, .transformMapEntry, .sortBy,
        ]
        let kind = random.pick(kinds)
        let isTest = [.all, .exists, .existsOne].contains(kind)
        let isPair =
            [.transformList, .transformMap, .transformMapEntry].contains(kind) || (isTest && random.isOneIn(2))
        let hasPredicate = isTest || kind == .filter || (kind != .sortBy && random.isOneIn(2))
        return make(
            .comprehension(
                Comprehension(
                    kind, range: expression(depth: depth), variables: isPair ? ["k", "v"] : ["e"],
                    predicate: hasPredicate ? expression(depth: depth) : nil,
                    transform: isTest || kind == .filter ? nil : expression(depth: depth))))
    }

    private mutating func binding(depth: Int) -> Expression {
        if random.isOneIn(4) {
            let result = random.isOneIn(2) ? make(.identifier("@index0")) : expression(depth: depth)
            return make(.block(several(1...2, depth: depth), result: result))
        }
        return make(
            .binding(
                Binding(
                    random.pick([.bind, .optMap, .optFlatMap]), variable: "v", value: expression(depth: depth),
                    body: expression(depth: depth))))
    }

    private mutating func leaf() -> Expression {
        switch random.below(9) {
        case 0: return make(.literal(.null))
        case 1: return make(.literal(.bool(random.isOneIn(2))))
        case 2: return make(.literal(.int(random.pick([0, 1, -1, .min, .max, Int64(bitPattern: random.next())]))))
        case 3: return make(.literal(.uint(random.pick([0, .max, random.next()]))))
        case 4: return make(.literal(.double(double())))
        case 5: return make(.literal(.string(text())))
        case 6:
            return make(.literal(.bytes((0..<random.below(6)).map { _ in UInt8.random(in: 0...255, using: &random) })))
        default: return make(.identifier(random.pick(Self.names)))
        }
    }

    private mutating func double() -> Double {
        let any = Double(bitPattern: random.next())
        return random.pick([0, -0.0, 1, 0.1, -2.5, 1e300, Double.leastNonzeroMagnitude, any.isFinite ? any : 7])
    }

    mutating func text() -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<random.below(8) {
            let bound: UInt32 = random.pick([0x20, 0x80, 0x300, 0x3000, 0x11_0000])
            text.append(Unicode.Scalar(UInt32.random(in: 0..<bound, using: &random)) ?? "\u{FFFD}")
        }
        return String(text)
    }
}
