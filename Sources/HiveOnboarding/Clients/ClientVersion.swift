/// The version of a client: three numbers.
struct ClientVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    let numbers: [Int]

    init(_ major: Int, _ minor: Int, _ patch: Int) { numbers = [major, minor, patch] }

    /// The first version in what a client prints about itself; nil where there is none.
    init?(in text: String) {
        for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "(" || $0 == ")" || $0 == "v" }) {
            let parts = word.prefix { $0.isNumber || $0 == "." }.split(separator: ".").compactMap { Int($0) }
            guard parts.count == 3 else { continue }
            numbers = parts
            return
        }
        return nil
    }

    static func < (left: ClientVersion, right: ClientVersion) -> Bool {
        left.numbers.lexicographicallyPrecedes(right.numbers)
    }

    var description: String { numbers.map(String.init).joined(separator: ".") }
}
