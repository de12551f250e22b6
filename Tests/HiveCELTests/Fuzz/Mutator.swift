/// Makes sources that no one would write: random bytes, and sources that were cut, joined and changed.
struct Mutator {
    var random: Random

    static let seeds = [
        "1 + 2 * 3 == 7 && !(a.b[?'c'].orValue(1u) in [1, 2.5, 'x'])", "{'a': 1, ?b: c}.a ? r'raw' : b'\\xff\\377'",
        "[1, 2, 3].filter(e, e % 2 == 1).map(e, e * -9223372036854775808).exists_one(e, e > 0)",
        "has(x.y.z) || x.?y.?z.hasValue() || x[0][?1].optMap(v, v + 1).or(optional.none()).value() == null",
        "{'k': 'v'}.transformMapEntry(k, v, v != k, {v: k}).all(k, v, cel.bind(t, k + v, t.size() > 1))",
        "'%s %d %.3f %e %x %o %b'.format([x, 1, 2.0, 3.5, b'4', 5u, true]).replace('a', 'bb', -1).split('')",
        "timestamp('2024-02-29T23:59:59.999Z') + duration('1h1m1.5s') > timestamp(0) || int(uint(double('1'))) == 1",
        "x.matches('^(a|b)*[^c-e]{2,3}\\\\p{Lu}\\\\b$') && regex.replace('aab', '(a+)', '<\\\\1>', 2).endsWith('>b')",
        "math.greatest(1, 2.0, 3u) + math.bitShiftLeft(1, 63) / math.abs(-9223372036854775808) % 0",
        "lists.range(9).flatten(3)",
        "ip('::1').family() == 6 && cidr('10.0.0.0/8').containsIP('10.1.2.3') && !isIP('::ffff:1.2.3.4')",
        "\"\\u00e9\\U0001F600\"",
        "cel.block([1, cel.index(0) + 1, [cel.index(1)]], cel.index(2)[0]) == 2", "type(x) == google.protobuf.Duration",
        "base64.decode(base64.encode(b'abc')) == bytes('abc') ? strings.quote('\\n') : '''triple'''",
        ".a.b.c(.d, -1, !true)",
        "[[1, 'a'], {1: [], 'b': {}}, null].sortBy(e, string(e)).distinct() == sets.contains([1], [1.0])",
        "0xFFFFFFFFFFFFFFFFu",
    ]

    private static let fragments = [
        "(", ")", "[", "]", "{", "}", "?", ":", ".", ",", "&&", "||", "-", "!", "'", "\"", "'''", "`", "\\", "//", "\n",
        "in",
        "x", "1", "0x", "1e", "1e999", "-9223372036854775808", "18446744073709551615u", "b'", "r\"", ".map(e,", ".all(",
        "has(",
        "cel.bind(x,", "dyn(", "null", "\u{0}", "\u{FEFF}", "e\u{301}", "😀", "[0,1].map(x,[x,x])", "*", "{1,", "(?i",
        "[^",
    ]

    mutating func source() -> String {
        switch random.below(10) {
        case 0: return String(decoding: bytes(random.below(60)), as: UTF8.self)
        case 1: return (0..<random.below(20)).map { _ in random.pick(Self.fragments) }.joined()
        default:
            var source = Array(random.pick(Self.seeds).utf8)
            for _ in 0...random.below(6) { mutate(&source) }
            return String(decoding: source, as: UTF8.self)
        }
    }

    private mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private mutating func mutate(_ source: inout [UInt8]) {
        let place = random.below(source.count + 1)
        let end = min(source.count, place + random.below(12))
        switch random.below(6) {
        case 0: source.removeSubrange(place..<end)
        case 1: source.insert(contentsOf: random.pick(Self.fragments).utf8, at: place)
        case 2: source.insert(contentsOf: source[place..<end], at: random.below(source.count + 1))
        case 3: source.replaceSubrange(place..<end, with: bytes(random.below(3)))
        case 4:
            let other = Array(random.pick(Self.seeds).utf8)
            let start = random.below(other.count)
            source.insert(contentsOf: other[start..<min(other.count, start + random.below(30))], at: place)
        default: source.replaceSubrange(place..<end, with: random.pick(Self.fragments).utf8)
        }
    }
}
