/// Finds the rules that an input may concern, without asking the others: for each field that rules look at, one look
/// leads to the cells of rules whose guards pass. What an input costs depends on what it finds, not on how many rules
/// there are.
struct RuleIndex: Sendable {
    /// Rules that share the guards on the way here.
    struct Cell: Sendable {
        /// Rules that are found by coming here.
        var rules: [Int] = []
        /// Looks for the others.
        var probes: [FieldProbe] = []
    }

    /// The first one is where every search begins.
    private let cells: [Cell]
    private let ruleCount: Int
    private let looksAtCommands: Bool
    /// Which fields hold flags, by number.
    private let isFlag: [Bool]
    /// By place of the rule: the guards on the way to it; empty for a rule that every input finds.
    let paths: [[Guard]]

    init(_ rules: [CompiledRule], fields: FieldTable) {
        var builder = IndexBuilder(ruleCount: rules.count)
        builder.build(rules.enumerated().map { IndexBuilder.Entry(rule: $0.offset, guards: $0.element.guards) })
        cells = builder.cells
        paths = builder.paths
        isFlag = fields.fields.map { $0 == .flag }
        ruleCount = rules.count
        looksAtCommands = fields.fields.contains(where: \.isOfCommand)
    }

    /// The places of rules that may apply, in ascending order, each once.
    func candidates(_ inquiry: Inquiry) -> [Int] {
        if looksAtCommands, inquiry.commandFailure != nil { return Array(0..<ruleCount) }
        var found: [Int] = []
        var search = CellSearch()
        while let place = search.next() {
            found += cells[place].rules
            for probe in cells[place].probes { look(inquiry, probe) { search.add($0) } }
        }
        return Self.distinct(found)
    }

    private func look(_ inquiry: Inquiry, _ probe: FieldProbe, _ found: (Int) -> Void) {
        switch inquiry.texts(probe.number) {
        case .absent: if let absent = probe.absent { found(absent) }
        case .one(let text): probe.look(text, isFlag: isFlag[probe.number], found)
        case .many(let texts): for text in texts { probe.look(text, isFlag: isFlag[probe.number], found) }
        }
    }

    private static func distinct(_ found: [Int]) -> [Int] {
        guard found.count > 1 else { return found }
        let sorted = found.sorted()
        var result: [Int] = []
        result.reserveCapacity(sorted.count)
        for value in sorted where result.last != value { result.append(value) }
        return result
    }
}
