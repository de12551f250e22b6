import HiveTesting

@testable import HiveCore

/// Some nodes that know parts of one task's course, in one thread: they ask, the home rules, logs are exchanged or not, the
/// home forgets what it heard, and stewards take the task over. One seed, one history.
struct TaskWorld {
    /// What an entry is in a log: with the time of its writer.
    struct Written: Hashable {
        let stamp: Int64
        let step: TaskCourse.Step
    }

    struct Broken: Error, CustomStringConvertible { let description: String }

    private(set) var random: SeededRandom
    let nodes: [NodeID]
    private let logs: [LogID]
    /// What each node holds, by the log that it is from.
    private var held: [[Int: [Written]]]
    private var clock: Int64 = 1_800_000_000_000
    private let brief: TaskBrief
    private let mayAdopt: Bool
    /// What any node ever saw, for the oracle.
    private var holders: [Int64: String] = [:]
    private var accepted: Set<String> = []
    private(set) var grants = 0
    private(set) var adoptions = 0

    init(seed: UInt64, mayAdopt: Bool = false) {
        random = SeededRandom(seed: seed)
        let count = Int.random(in: 2...4, using: &random)
        nodes = (0..<count).map { NodeID(.sha256([1, UInt8($0)])) }
        logs = (0..<count).map { LogID(.sha256([2, UInt8($0)])) }
        held = Array(repeating: [:], count: count)
        brief = TaskBrief(title: "t", choice: .anyone, attempts: 4, lease: 60)
        self.mayAdopt = mayAdopt
    }

    /// Node 0 delegated the task; all may adopt where that is in the plan.
    func course(at node: Int) -> TaskCourse { course(of: held[node].values.flatMap(\.self)) }

    func course(of entries: [Written]) -> TaskCourse {
        let sorted = entries.sorted { ($0.stamp, $0.step.dot) < ($1.stamp, $1.step.dot) }
        return TaskCourse(home: nodes[0], steps: sorted.map(\.step), mayAdopt: { _ in mayAdopt })
    }

    var everything: [Written] { held.flatMap { $0.values.flatMap(\.self) } }

    mutating func run(steps: Int) throws {
        for _ in 0..<steps {
            clock += Int64.random(in: 1...40_000, using: &random)
            let node = Int.random(in: 0..<nodes.count, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0...4: try ask(at: node)
            case 5, 6: try keep(at: node, asking: [])
            case 7 where mayAdopt && random.chance(20): try adopt(at: node)
            default: exchange(from: node, to: Int.random(in: 0..<nodes.count, using: &random))
            }
            try watch()
        }
    }

    /// Everybody learns everything, and homes rule until nothing is left.
    mutating func settle() throws {
        for _ in 0..<4 {
            for from in nodes.indices { for to in nodes.indices { exchange(from: from, to: to) } }
            for node in nodes.indices { try keep(at: node, asking: []) }
            try watch()
        }
        for from in nodes.indices { for to in nodes.indices { exchange(from: from, to: to) } }
    }

    private mutating func ask(at node: Int) throws {
        let course = course(at: node)
        let agent = "agent\(node)"
        let id = "\(node).\(clock)"
        let claims = course.claims(of: agent).map(\.id)
        let now = Timestamp(milliseconds: clock)
        let act: TaskEntry.Act
        switch Int.random(in: 0..<8, using: &random) {
        case 0...2: act = .claim(id: id, isOptimistic: random.chance(50))
        case 3 where !claims.isEmpty:
            act = .progress(claim: claims[Int.random(in: 0..<claims.count, using: &random)], percent: 5, note: nil)
        case 4, 5:
            guard let claim = claims.randomElement(using: &random) else { return }
            act = .success(id: id, claim: claim, result: agent)
        case 6:
            guard let claim = claims.randomElement(using: &random) else { return }
            act = .failure(id: id, claim: claim, reason: "r", mayRetry: random.chance(90))
        default:
            guard random.chance(5) else { return }
            act = .cancel(id: id, reason: nil, isOperator: true)
        }
        try keep(at: node, asking: [TaskEntry(at: now, agent: agent, act)])
    }

    /// Writes requests, and what the node rules if it is the home as far as it knows.
    private mutating func keep(at node: Int, asking requests: [TaskEntry]) throws {
        let course = course(at: node)
        var entries = requests
        if course.home == nodes[node] {
            let address = DocumentAddress(
                scope: ScopeID(.sha256([5])), document: .derived(kind: 65, key: [], generation: 0))
            var task = HiveTask(
                address: address, brief: brief, creator: "c", at: Timestamp(milliseconds: 0), home: nodes[0])
            task.course = course
            let facts = TaskDesk.Facts(now: Timestamp(milliseconds: clock)) { _ in
                TaskChoice(among: [], needs: [], now: Timestamp(milliseconds: 0))
            }
            let fresh = requests.map {
                TaskCourse.Step($0, author: nodes[node], dot: Dot(log: logs[node], number: .max))
            }
            entries += TaskDesk.rulings(on: task, given: facts, fresh: fresh)
        }
        write(entries, at: node)
    }

    private mutating func adopt(at node: Int) throws {
        let course = course(at: node)
        guard course.home != nodes[node] else { return }
        adoptions += 1
        write([course.adoption(by: nodes[node], at: Timestamp(milliseconds: clock), agent: nil)], at: node)
    }

    private mutating func write(_ entries: [TaskEntry], at node: Int) {
        for entry in entries {
            let own = held[node][node] ?? []
            let latest = held[node].values.flatMap(\.self).map(\.stamp).max() ?? 0
            let dot = Dot(log: logs[node], number: UInt64(own.count) + 1)
            let stamp = max(latest + 1, clock)
            held[node][node] = own + [Written(stamp: stamp, step: .init(entry, author: nodes[node], dot: dot))]
        }
    }

    /// One log, perhaps not to its end, as far as what its entries had seen is there: logs travel in order.
    private mutating func exchange(from: Int, to: Int) {
        for log in nodes.indices {
            let (theirs, ours) = (held[from][log] ?? [], held[to][log] ?? [])
            if theirs.count > ours.count { held[to][log] = theirs }
        }
    }

    /// Nobody ever sees two holders under one number; and without adoptions nobody sees two results accepted.
    private mutating func watch() throws {
        for node in nodes.indices {
            let course = course(at: node)
            for (step, standing) in zip(course.steps, course.standings) where standing == .counts {
                switch step.entry.act {
                case .grant(let claim, _, let fence, _):
                    grants += 1
                    if let known = holders[fence], known != claim {
                        throw Broken(description: "\(known) and \(claim) hold it under \(fence)")
                    }
                    holders[fence] = claim
                case .accept(let request):
                    accepted.insert(request)
                    guard accepted.count == 1 || adoptions > 0 else {
                        throw Broken(description: "two results were accepted: \(accepted.sorted())")
                    }
                default: break
                }
            }
        }
    }
}
