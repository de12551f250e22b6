/// Looks up the texts of one field: which tests of which rules pass for them.
struct FieldProbe: Sendable {
    /// The field's number in the set's table.
    let number: Int
    /// Cells by text, for tests of equality and for flags.
    private var exact: [String: Int] = [:]
    private var prefixes: ByteTrie?
    /// Over reversed texts.
    private var suffixes: ByteTrie?
    private var needles: AhoCorasick?
    /// The cell of rules that must be asked where the field has no value.
    let absent: Int?

    init(number: Int, cells: [(test: FieldTest, cell: Int)], absent: Int?) {
        self.number = number
        self.absent = absent
        var scanned: [(text: String, value: Int)] = []
        var flags: [(name: String, cell: Int)] = []
        for (test, cell) in cells {
            switch test {
            case .equals(let text): exact[text] = cell
            case .prefix(let text): prefixes = Self.inserting(text.utf8, cell, into: prefixes)
            case .suffix(let text): suffixes = Self.inserting(text.utf8.reversed(), cell, into: suffixes)
            case .contains(let text): scanned.append((Self.beginning(text), cell))
            case .flag(let name): flags.append((name, cell))
            }
        }
        if !scanned.isEmpty { needles = AhoCorasick(scanned) }
        if !flags.isEmpty { prefixes = Self.abbreviations(flags) }
    }

    /// A long text is found by its beginning; the rule looks for the rest.
    private static func beginning(_ text: String) -> String {
        text.utf8.count <= longestNeedle ? text : String(text.unicodeScalars.prefix(longestNeedle / 4))
    }

    private static let longestNeedle = 128

    private static func inserting(_ key: some Sequence<UInt8>, _ cell: Int, into trie: ByteTrie?) -> ByteTrie {
        var trie = trie ?? ByteTrie()
        trie.insert(key, cell)
        return trie
    }

    /// A long flag may be abbreviated, so every abbreviation that `hasFlag` sees leads to it. An end mark keeps `--for`
    /// from being found in `--format`.
    private static func abbreviations(_ flags: [(name: String, cell: Int)]) -> ByteTrie {
        var trie = ByteTrie()
        for flag in flags {
            for spelling in ShellCommand.spellings(ofFlag: flag.name) {
                trie.insert(Array(spelling.utf8) + [endMark], flag.cell)
            }
        }
        return trie
    }

    /// No text in UTF-8 has this byte.
    private static let endMark: UInt8 = 0xFF

    /// Calls `found` with the cell of every test that passes, perhaps more than once.
    func look(_ text: String, isFlag: Bool, _ found: (Int) -> Void) {
        if isFlag {
            prefixes?.walk(Array(text.utf8) + [Self.endMark], found)
            return
        }
        if let cell = exact[text] { found(cell) }
        prefixes?.walk(text.utf8, found)
        suffixes?.walk(text.utf8.reversed(), found)
        needles?.scan(text, found)
    }
}
