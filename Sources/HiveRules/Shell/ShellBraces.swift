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
        word.utf8.contains(open) && word.utf8.contains(close)
            && (word.utf8.contains(comma) || Bytes.contains(word, ".."))
    }

    /// The words that a word stands for. `budget` is how many bytes may still be looked at; where it is spent, or there
    /// are too many words, they are left as they are, and it is below zero.
    static func expand(_ word: String, budget: inout Int) -> [String] {
        guard mayHaveGroups(word), word.utf8.count <= maximumLength else { return [word] }
        var pending = [Array(word.utf8)]
        var done: [[UInt8]] = []
        while let next = pending.popLast() {
            budget -= next.count
            guard budget >= 0, let group = firstGroup(in: next) else {
                done.append(next)
                continue
            }
            let alternatives = group.alternatives(in: next)
            if pending.count + done.count + alternatives.count > maximumWords { budget = -1 }
            if budget < 0 { done.append(next) } else { pending += alternatives.reversed() }
        }
        return done.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Braces that belong together, with the commas between them, or the two ends of a sequence.
    private struct Group {
        let start: Int
        var commas: [Int] = []
        var end = 0
        var sequence: [[UInt8]] = []

        func alternatives(in word: [UInt8]) -> [[UInt8]] {
            if !sequence.isEmpty { return sequence.map { Array(word[..<start] + $0 + word[(end + 1)...]) } }
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
                if group.commas.isEmpty { group.sequence = sequence(word[(group.start + 1)..<place]) }
                guard !group.commas.isEmpty || !group.sequence.isEmpty, !isVariable,
                    group.start < first?.start ?? .max
                else { continue }
                first = group
            default: continue
            }
        }
        return first
    }

    /// What `a..e` or `1..9` between braces stands for; empty where it is none. One that is too long becomes as many
    /// words as are too many, so that nobody takes it for a short one.
    private static func sequence(_ text: ArraySlice<UInt8>) -> [[UInt8]] {
        let parts = String(decoding: text, as: UTF8.self).split(separator: "..", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { return [] }
        let step = parts.count == 3 ? Int(parts[2]) : 1
        guard let step = step?.magnitude, step > 0, step < 1 << 20 else { return [] }
        if let from = Int(parts[0]), let to = Int(parts[1]) {
            return numbers(from, to, Int(step)).map { Array(String($0).utf8) }
        }
        guard let from = letter(parts[0]), let to = letter(parts[1]) else { return [] }
        return numbers(Int(from), Int(to), Int(step)).map { [UInt8($0)] }
    }

    private static func letter(_ text: Substring) -> UInt8? {
        guard text.utf8.count == 1, let byte = text.utf8.first, ByteClass.isUpper(byte) || ByteClass.isLower(byte)
        else {
            return nil
        }
        return byte
    }

    private static func numbers(_ from: Int, _ to: Int, _ step: Int) -> [Int] {
        guard from.magnitude < 1 << 40, to.magnitude < 1 << 40 else { return [] }
        return Array(stride(from: from, through: to, by: from <= to ? step : -step).prefix(maximumWords + 1))
    }
}
