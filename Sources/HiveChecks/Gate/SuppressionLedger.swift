/// The suppressions of one file, and which of them excused something.
struct SuppressionLedger {
    let file: TextFile
    let suppressions: [Suppression]
    private var used: [Int: Set<String>] = [:]
    /// Where to look for what covers a line: the suppressions by their line, and those for the file.
    private let byLine: [Int: [Int]]
    private let forFile: [Int]

    init(_ file: TextFile) {
        self.file = file
        let all = Suppression.all(in: file)
        suppressions = all
        byLine = Dictionary(grouping: all.indices) { all[$0].line }
        forFile = all.indices.filter { all[$0].isForFile }
    }

    var isEmpty: Bool { suppressions.isEmpty }

    /// The reason that excuses a finding; nil where none does. A suppression without a reason excuses nothing.
    mutating func excuse(_ rule: String, line: Int) -> String? {
        let near = (byLine[line] ?? []) + (byLine[line - 1] ?? []) + forFile
        let excuse = near.first { suppressions[$0].covers(rule, line: line) && !suppressions[$0].reason.isEmpty }
        guard let excuse else { return nil }
        used[excuse, default: []].insert(rule)
        return suppressions[excuse].reason
    }

    /// What is wrong with the suppressions. `suggestion` says what to write instead of a check that nobody knows;
    /// `isJudged` whether a check looked at the whole file, so that a suppression of it which excused nothing has
    /// nothing to excuse.
    func faults(suggestion: (String) -> String?, isJudged: (String) -> Bool) -> [(line: Int, match: Match)] {
        var faults: [(line: Int, match: Match)] = []
        for (index, suppression) in suppressions.enumerated() {
            func add(_ message: String, _ help: String, _ severity: Severity? = nil) {
                faults.append((suppression.line, Match(message, help, suppression.range, severity: severity)))
            }
            if suppression.rules.isEmpty || suppression.reason.isEmpty {
                add("a suppression needs a check and a reason", "write hive:allow CHECK REASON")
                continue
            }
            for rule in suppression.rules {
                if let suggestion = suggestion(rule) {
                    add("there is no check `\(rule)` to suppress", suggestion)
                } else if isJudged(rule), used[index]?.contains(rule) != true {
                    add("nothing here needs the suppression of `\(rule)`", "take the comment out", .note)
                }
            }
        }
        return faults
    }
}
