/// Builds an index: each rule is filed under the guard that the fewest others share, and again under the next one
/// where a cell would still be large.
struct IndexBuilder {
    /// A rule with the guards that are not yet on the way to it.
    struct Entry {
        let rule: Int
        var guards: [Guard]
    }

    private struct Key: Hashable {
        let number: Int
        let test: FieldTest
    }

    private(set) var cells: [RuleIndex.Cell] = []
    private(set) var paths: [[Guard]]

    /// Cells of so few rules are not divided further.
    private static let smallCell = 4
    private static let maximumDepth = 6
    /// How many more rules may be filed in cells below the first: rules whose guards have many texts would multiply.
    private var budget: Int

    init(ruleCount: Int) {
        paths = Array(repeating: [], count: ruleCount)
        budget = 10_000 + 64 * ruleCount
    }

    /// Builds a cell for some rules and answers with its place.
    @discardableResult
    mutating func build(_ entries: [Entry], depth: Int = 0) -> Int {
        let place = cells.count
        cells.append(RuleIndex.Cell())
        if depth > 0 { budget -= entries.count }
        let isLeaf =
            depth > 0 && (entries.count <= Self.smallCell || depth >= Self.maximumDepth || budget < 0)
        let counts = isLeaf ? [:] : Self.counts(entries)
        var chosen: [Int: [(entry: Entry, guard: Guard)]] = [:]
        for var entry in entries {
            guard !isLeaf,
                let key = entry.guards.indices.min(by: { left, right in
                    Self.cost(entry.guards[left], counts) < Self.cost(entry.guards[right], counts)
                })
            else {
                cells[place].rules.append(entry.rule)
                continue
            }
            let choice = entry.guards.remove(at: key)
            if paths[entry.rule].count == depth { paths[entry.rule].append(choice) }
            chosen[choice.number, default: []].append((entry, choice))
        }
        for (number, filed) in chosen.sorted(by: { $0.key < $1.key }) {
            let probe = probe(number, filed, depth: depth)
            cells[place].probes.append(probe)
        }
        return place
    }

    private mutating func probe(
        _ number: Int, _ filed: [(entry: Entry, guard: Guard)], depth: Int
    ) -> FieldProbe {
        var byTest: [FieldTest: [Entry]] = [:]
        var order: [FieldTest] = []
        var absent: [Entry] = []
        for (entry, choice) in filed {
            for test in Set(choice.tests) {
                if byTest[test] == nil { order.append(test) }
                byTest[test, default: []].append(entry)
            }
            if choice.absence == .open {
                // Where the field is absent, other guards on it are open or closed in the same way.
                absent.append(Entry(rule: entry.rule, guards: entry.guards.filter { $0.number != number }))
            }
        }
        var filedCells: [(test: FieldTest, cell: Int)] = []
        for test in order { filedCells.append((test, build(byTest[test] ?? [], depth: depth + 1))) }
        let absentCell = absent.isEmpty ? nil : build(absent, depth: depth + 1)
        return FieldProbe(number: number, cells: filedCells, absent: absentCell)
    }

    private static func counts(_ entries: [Entry]) -> [Key: Int] {
        var counts: [Key: Int] = [:]
        for entry in entries {
            for guardian in entry.guards {
                for test in Set(guardian.tests) { counts[Key(number: guardian.number, test: test), default: 0] += 1 }
            }
        }
        return counts
    }

    /// How many rules a guard would leave to be asked; scanning a text costs more than looking one up.
    private static func cost(_ guardian: Guard, _ counts: [Key: Int]) -> Int {
        var largest = 0
        var weight = 4
        for test in guardian.tests {
            largest = max(largest, counts[Key(number: guardian.number, test: test)] ?? 0)
            switch test {
            case .equals: continue
            case .prefix, .suffix, .flag: weight = max(weight, 5)
            case .contains: weight = max(weight, 32)
            }
        }
        return largest * weight
    }
}
