/// A pattern with `*` for any text and `?` for one character; `**` is the same as `*` except in paths, where a single
/// `*` stops at a slash. Texts are compared by their Unicode scalars.
package struct Glob: Sendable, Hashable {
    private enum Part: Sendable, Hashable {
        case scalar(Unicode.Scalar)
        case one
        case many
        case manyWithoutSlash
    }

    package let pattern: String
    private let parts: [Part]
    /// What every text that fits must pass; the whole of the pattern where `isExact`. Nil where every text fits, or
    /// where nothing can be said.
    let necessary: FieldTest?
    /// Whether passing `necessary` is also enough.
    let isExact: Bool

    package init(_ pattern: String, isPath: Bool = false) {
        self.pattern = pattern
        var parts: [Part] = []
        var scalars = Array(pattern.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "*" where scalars.first == "*":
                scalars = scalars.drop { $0 == "*" }
                parts.append(.many)
            case "*": parts.append(isPath ? .manyWithoutSlash : .many)
            case "?": parts.append(.one)
            default: parts.append(.scalar(scalar))
            }
        }
        self.parts = parts
        (necessary, isExact) = Self.test(parts)
    }

    /// The literal runs of a pattern give the test: all of it, its beginning, its end, or its longest run.
    private static func test(_ parts: [Part]) -> (FieldTest?, Bool) {
        let start = literal(parts.prefix { isScalar($0) })
        if start.unicodeScalars.count == parts.count { return (.equals(start), true) }
        let end = literal(parts.reversed().prefix { isScalar($0) }.reversed())
        let middle = parts.dropFirst(start.unicodeScalars.count).dropLast(end.unicodeScalars.count)
        let isOpen = Array(middle) == [.many]
        if !start.isEmpty { return (.prefix(start), isOpen && end.isEmpty) }
        if !end.isEmpty { return (.suffix(end), isOpen) }
        if isOpen { return (nil, true) }
        let runs = middle.split { !isScalar($0) }.map { literal($0) }
        guard let longest = runs.max(by: { $0.utf8.count < $1.utf8.count }) else { return (nil, false) }
        return (
            .contains(longest),
            runs.count == 1 && middle.first == .many && middle.last == .many
                && middle.dropFirst().dropLast().allSatisfy { isScalar($0) }
        )
    }

    private static func isScalar(_ part: Part) -> Bool {
        if case .scalar = part { return true }
        return false
    }

    private static func literal(_ parts: some Sequence<Part>) -> String {
        var text = String.UnicodeScalarView()
        for case .scalar(let scalar) in parts { text.append(scalar) }
        return String(text)
    }

    package func matches(_ text: String) -> Bool {
        guard necessary?.passes(text) ?? true else { return false }
        return isExact || run(text)
    }

    /// Linear in pattern times text: the places in the pattern advance with each scalar.
    private func run(_ text: String) -> Bool {
        var places = [Bool](repeating: false, count: parts.count + 1)
        places[0] = true
        close(&places)
        for scalar in text.unicodeScalars {
            var next = [Bool](repeating: false, count: parts.count + 1)
            for place in parts.indices where places[place] {
                switch parts[place] {
                case .scalar(let expected): if expected == scalar { next[place + 1] = true }
                case .one: next[place + 1] = true
                case .many: next[place] = true
                case .manyWithoutSlash: if scalar != "/" { next[place] = true }
                }
            }
            close(&next)
            places = next
        }
        return places[parts.count]
    }

    /// A `*` may stand for nothing.
    private func close(_ places: inout [Bool]) {
        for place in parts.indices where places[place] {
            if parts[place] == .many || parts[place] == .manyWithoutSlash { places[place + 1] = true }
        }
    }
}
