import HiveCore
import HiveTesting

/// Makes sets of operations on one document, as three nodes that see some of each other's work would write them.
struct OperationGenerator {
    private var random: SeededRandom
    private var names: [LogNames]
    private var numbers: [UInt64] = [0, 0, 0]
    private var seen: [[Operation]] = [[], [], []]
    private let logs: [LogID]
    private(set) var operations: [Operation] = []
    /// Whether authors name elements for removal that they did not see, or in fields that they do not write.
    private let lies: Bool

    static let address = DocumentAddress(
        scope: ScopeID(.sha256([1])), document: .derived(kind: 34, key: [1], generation: 0))

    init(seed: UInt64, lies: Bool = false) {
        random = SeededRandom(seed: seed)
        self.lies = lies
        logs = (0..<3).map { LogID(.sha256([UInt8($0)])) }
        names = Array(repeating: LogNames(), count: 3)
    }

    static func operations(seed: UInt64, count: Int, lies: Bool = false) -> [Operation] {
        var generator = OperationGenerator(seed: seed, lies: lies)
        for _ in 0..<count { generator.write() }
        return generator.operations
    }

    private mutating func write() {
        let author = Int.random(in: 0..<3, using: &random)
        if random.chance(50) {  // the author hears of some of the others' work
            for operation in operations where random.chance(70) && !seen[author].contains(operation) {
                seen[author].append(operation)
            }
        }
        numbers[author] += 1
        let state = DocumentState.merge(all: seen[author], at: Self.address)
        let context = state?.version ?? VersionVector()
        var (change, removes) = change(state)
        if lies { removes = (removes + invented()).sorted() }
        let siblings = state?[change.field]?.siblings.map(\.dot) ?? []
        let keeps = random.chance(30) ? siblings.filter { _ in random.chance(50) } : []
        let body = SaltedBody(bytes: OperationBody(agent: nil, changes: [change]).encoded(), using: &random)
        let header = OperationHeader(
            dot: Dot(log: logs[author], number: numbers[author]),
            stamp: Stamp(milliseconds: UInt64.random(in: 1...50, using: &random)),
            target: OperationTarget(document: Self.address.document, kind: .semantic, fields: [change.field]),
            causality: OperationCausality(context: context, keeps: keeps, removes: removes), continues: false,
            body: body)
        let erased = random.chance(10)
        let operation = Operation(
            header: header, headerBytes: header.encoded(names: &names[author]), body: erased ? nil : body)
        operations.append(operation)
        seen[author].append(operation)
    }

    private mutating func invented() -> [ElementDot] {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
            let dot = Dot(
                log: logs[Int.random(in: 0..<3, using: &random)], number: UInt64.random(in: 1...6, using: &random))
            return ElementDot(dot: dot, index: UInt64.random(in: 0...1, using: &random))
        }
    }

    private mutating func change(_ state: DocumentState?) -> (OperationBody.Change, [ElementDot]) {
        let number = CBORValue.unsigned(UInt64.random(in: 0..<3, using: &random))
        switch Int.random(in: 0..<7, using: &random) {
        case 0: return (.init(field: .number(EngramField.tags), change: .add([number, .text("x")])), [])
        case 1:
            var removes: [ElementDot] = []
            if case .set(let elements)? = state?[EngramField.tags] {
                removes = elements.map(\.addition).filter { _ in random.chance(60) }
            }
            return (.init(field: .number(EngramField.tags), change: .remove), removes)
        case 2: return (.init(field: .number(EngramField.events), change: .append([number])), [])
        case 3:
            return (
                .init(
                    field: .number(EngramField.verifications), change: .tally(Int64.random(in: 0...9, using: &random))),
                []
            )
        case 4: return (.init(field: .number(ReservedField.presence), change: .set(.bool(random.chance(30)))), [])
        case 5: return (.init(path: "metadata.k", change: .set(number)), [])
        default: return (.init(field: .number(EngramField.content), change: .set(number)), [])
        }
    }
}
