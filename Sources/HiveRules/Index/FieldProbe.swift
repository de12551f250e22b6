/// Looks up the texts of one field: which tests of which rules pass for them. A class, since every decision hands it
/// about.
final class FieldProbe: Sendable {
    /// The field's number in the set's table.
    let number: Int
    /// Cells by text, for tests of equality and for flags.
    private let exact: [String: Int]
    private let prefixes: ByteTrie?
    /// Over reversed texts.
    private let suffixes: ByteTrie?
    private let needles: AhoCorasick?
    /// The cell of rules that must be asked where the field has no value.
    let absent: Int?

    init(number: Int, cells: [(test: FieldTest, cell: Int)], absent: Int?) {
        self.number = number
        self.absent = absent
        var exact: [String: Int] = [:]
        var prefixes: [(key: [UInt8], value: Int)] = []
        var suffixes: [(key: [UInt8], value: Int)] = []
        var scanned: [(text: String, value: Int)] = []
        for (test, cell) in cells {
            switch test {
            case .equals(let text): exact[text] = cell
            case .prefix(let text): prefixes.append((Array(text.utf8), cell))
            case .suffix(let text): suffixes.append((text.utf8.reversed(), cell))
            case .contains(let text): scanned.append((Self.beginning(text), cell))
            case .flag(let name): prefixes += Self.abbreviations(name).map { ($0, cell) }
            }
        }
        self.exact = exact
        self.prefixes = prefixes.isEmpty ? nil : ByteTrie(prefixes)
        self.suffixes = suffixes.isEmpty ? nil : ByteTrie(suffixes)
        needles = scanned.isEmpty ? nil : AhoCorasick(scanned)
    }

    /// A long text is found by its beginning; the rule looks for the rest.
    private static func beginning(_ text: String) -> String {
        text.utf8.count <= longestNeedle ? text : String(text.unicodeScalars.prefix(longestNeedle / 4))
    }

    private static let longestNeedle = 128

    /// A long flag may be abbreviated, so every abbreviation that `hasFlag` sees leads to it. An end mark keeps `--for`
    /// from being found in `--format`.
    private static func abbreviations(_ flag: String) -> [[UInt8]] {
        ShellCommand.spellings(ofFlag: flag).map { Array($0.utf8) + [endMark] }
    }

    /// No text in UTF-8 has this byte.
    private static let endMark: UInt8 = 0xFF

    /// Calls `found` with the cell of every test that passes, perhaps more than once.
    func look(_ text: String, isFlag: Bool, _ found: (Int) -> Void) {
        if isFlag {
            prefixes?.walk(Array(text.utf8) + [Self.endMark], found)
            return
        }
        if !exact.isEmpty, let cell = exact[text] { found(cell) }
        if let prefixes {
            var text = text
            text.withUTF8 { prefixes.walk($0, found) }
        }
        suffixes?.walk(text.utf8.reversed(), found)
        needles?.scan(text, found)
    }
}
