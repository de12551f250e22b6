/// The difference between two sequences of words or lines: what stays, goes and comes, in order.
enum TextDiff {
    enum Part: Equatable {
        case same(String)
        case gone(String)
        case new(String)
    }

    /// More pairs than this are not compared: the whole of one goes and the whole of the other comes.
    private static let mostPairs = 4_000_000

    /// By the longest common subsequence; of several changes at one place, what goes comes first.
    static func between(_ old: [String], _ new: [String]) -> [Part] {
        let start = zip(old, new).prefix { $0 == $1 }.count
        let rest = (old: old.dropFirst(start), new: new.dropFirst(start))
        let end = zip(rest.old.reversed(), rest.new.reversed()).prefix { $0 == $1 }.count
        let middle = (old: Array(rest.old.dropLast(end)), new: Array(rest.new.dropLast(end)))
        return old.prefix(start).map(Part.same) + changes(middle.old, middle.new) + old.suffix(end).map(Part.same)
    }

    private static func changes(_ old: [String], _ new: [String]) -> [Part] {
        guard !old.isEmpty, !new.isEmpty, old.count * new.count <= mostPairs else {
            return old.map(Part.gone) + new.map(Part.new)
        }
        let width = new.count + 1
        var lengths = [Int32](repeating: 0, count: (old.count + 1) * width)
        for row in old.indices.reversed() {
            for column in new.indices.reversed() {
                lengths[row * width + column] =
                    old[row] == new[column]
                    ? lengths[(row + 1) * width + column + 1] + 1
                    : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
            }
        }
        var parts: [Part] = []
        var (row, column) = (0, 0)
        while row < old.count, column < new.count {
            if old[row] == new[column] {
                parts.append(.same(old[row]))
                (row, column) = (row + 1, column + 1)
            } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
                parts.append(.gone(old[row]))
                row += 1
            } else {
                parts.append(.new(new[column]))
                column += 1
            }
        }
        return parts + old[row...].map(Part.gone) + new[column...].map(Part.new)
    }

    /// A line as its words and the spaces between them.
    static func words(_ line: String) -> [String] {
        var words: [String] = []
        var isSpace: Bool?
        for character in line {
            let kind = character.isWhitespace
            if kind == isSpace, !words.isEmpty {
                words[words.count - 1].append(character)
            } else {
                words.append(String(character))
            }
            isSpace = kind
        }
        return words
    }
}
