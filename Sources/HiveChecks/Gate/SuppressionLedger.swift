/// The suppressions of one file, and which of them excused something.
struct SuppressionLedger {
    let file: TextFile
    let suppressions: [Suppression]
    private var used: [Int: Set<String>] = [:]

    init(_ file: TextFile) {
        self.file = file
        suppressions = Suppression.all(in: file)
    }

    var isEmpty: Bool { suppressions.isEmpty }

    /// The reason that excuses a finding; nil where none does. A suppression without a reason excuses nothing.
    mutating func excuse(_ rule: String, line: Int) -> String? {
        for (index, suppression) in suppressions.enumerated()
        where suppression.covers(rule, line: line) && !suppression.reason.isEmpty {
            used[index, default: []].insert(rule)
            return suppression.reason
        }
        return nil
    }

    /// What is wrong with the suppressions. `isKnown` is nil where not all checks are known; `isJudged` says whether a
    /// check looked at the whole file, so that a suppression of it that excused nothing has nothing to excuse.
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
