/// Braces with commas stand for several words: `{rm,-rf,x}`, `a{b,c}`.
enum ShellBraces {
    /// More words than this are left as they are.
    private static let maximumWords = 256
    private static let maximumLength = 2_048
    private static let open = UInt8(ascii: "{")
    private static let close = UInt8(ascii: "}")
    private static let comma = UInt8(ascii: ",")
    private static let dollar = UInt8(ascii: "$")

    /// Whether a word is short enough to be looked at.
    static func isWithinLimits(_ word: String) -> Bool { word.utf8.count <= maximumLength || !mayHaveGroups(word) }

    private static func mayHaveGroups(_ word: String) -> Bool {
        word.utf8.contains(open) && word.utf8.contains(comma) && word.utf8.contains(close)
    }

    /// The words that a word stands for. `budget` is how many bytes may still be looked at; where it is spent, words are
    /// left as they are.
    static func expand(_ word: String, budget: inout Int) -> [String] {
        guard mayHaveGroups(word), word.utf8.count <= maximumLength else { return [word] }
        var pending = [Array(word.utf8)]
        var done: [[UInt8]] = []
        while let next = pending.popLast() {
            budget -= next.count
            guard budget >= 0, pending.count + done.count < maximumWords, let group = firstGroup(in: next) else {
                done.append(next)
                continue
            }
            pending += group.alternatives(in: next).reversed()
        }
        return done.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Braces that belong together, with the commas between them.
    private struct Group {
        let start: Int
        var commas: [Int] = []
        var end = 0

        func alternatives(in word: [UInt8]) -> [[UInt8]] {
            let ends = commas + [end]
            let starts = [start + 1] + commas.map { $0 + 1 }
            return zip(starts, ends).map { Array(word[..<start] + word[$0..<$1] + word[(end + 1)...]) }
        }
    }

    /// The first group with a comma; nil where there is none. Every byte is looked at once.
    private static func firstGroup(in word: [UInt8]) -> Group? {
        var waiting: [Group] = []
        var first: Group?
        for (place, byte) in word.enumerated() {
            switch byte {
            case open: waiting.append(Group(start: place))
            case comma where !waiting.isEmpty: waiting[waiting.count - 1].commas.append(place)
            case close:
                guard var group = waiting.popLast() else { continue }
                group.end = place
                // `${a,b}` is a variable.
                let isVariable = group.start > 0 && word[group.start - 1] == dollar
                guard !group.commas.isEmpty, !isVariable, group.start < first?.start ?? .max else { continue }
                first = group
            default: continue
            }
        }
        return first
    }
}
