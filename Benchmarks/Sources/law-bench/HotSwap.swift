import Dispatch
import HiveCEL
import HiveRules
import Synchronization

/// Threads decide without pause while another one activates one version of a set after the other, in the way a node
/// does. Every rule of a version says the version's number, so that a decision shows by which law it was made.
final class HotSwap: Sendable {
    private let swaps: Int
    private let readers: Int
    private let law = Mutex(SetActivation())
    /// The newest version that has been activated.
    private let published = Atomic<Int>(0)
    private let tally = Mutex(Tally())

    fileprivate struct Tally {
        var decisions = 0
        /// Decisions by a law older than the one that was in force when they were asked for.
        var late = 0
        /// Decisions with parts of more than one version.
        var mixed = 0
        var latencies = Samples()
    }

    private static let rulesPerSet = 20

    init(swaps: Int, readers: Int) {
        self.swaps = swaps
        self.readers = readers
    }

    func run() throws -> [String: Value] {
        activate(1)
        DispatchQueue.concurrentPerform(iterations: readers + 1) { thread in
            if thread == 0 {
                for version in 2...(swaps + 1) { activate(version) }
                published.store(.max, ordering: .releasing)
            } else {
                read()
            }
        }
        let problems = law.withLock { $0.problems }
        let tally = tally.withLock { $0 }
        guard problems.isEmpty, tally.late == 0, tally.mixed == 0, tally.decisions > swaps else {
            throw BenchError("late \(tally.late), mixed \(tally.mixed) of \(tally.decisions); problems \(problems)")
        }
        return [
            "swaps": .int(Int64(swaps)), "readers": .int(Int64(readers)), "decisions": .int(Int64(tally.decisions)),
            "late": .int(Int64(tally.late)), "mixed": .int(Int64(tally.mixed)), "decision": tally.latencies.summary,
        ]
    }

    /// Compiles aside and puts the whole set in force at once.
    private func activate(_ version: Int) {
        var texts: [String: String] = [:]
        for number in 0..<Self.rulesPerSet {
            texts["rule-\(number)"] = """
                apiVersion: hive/v1
                kind: Rule
                metadata: {name: rule-\(number), version: \(version)}
                spec: {match: {tools: [Tool\(number)]}, effect: deny, message: "'law \(version)'"}
                """
        }
        let manifest = SetManifest(
            name: "bench", version: Int64(version),
            rules: texts.map { SetManifest.Entry(name: $0.key, digest: Self.digest($0.value)) })
        var next = law.withLock { $0 }
        next.update(
            ["bench": [SetActivation.Candidate(manifest: manifest, texts: texts, pushed: 0)]], digest: Self.digest)
        law.withLock { $0 = next }
        published.store(version, ordering: .releasing)
    }

    /// Enough to tell texts of this benchmark apart.
    private static func digest(_ text: String) -> String {
        String(text.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 })
    }

    private func read() {
        var own = Tally()
        var number = 0
        while true {
            let newest = published.load(ordering: .acquiring)
            if newest == .max { break }
            number = (number + 1) % Self.rulesPerSet
            let input: DecisionInput
            do {
                input = try DecisionInput(
                    .map(ValueMap(["event": .string("tool.pre"), "tool": .string("Tool\(number)")])))
            } catch { preconditionFailure("the benchmark's input is refused: \(error)") }
            let watch = Stopwatch()
            let decision = law.withLock { $0.law }.decide(input, now: 0)
            own.latencies.append(watch.nanoseconds)
            own.decisions += 1
            let version = decision.rule.map { Int($0.version) } ?? 0
            if version < newest { own.late += 1 }
            if decision.message != "law \(version)" || decision.ruleSet != "bench@\(version)" || decision.allowed {
                own.mixed += 1
            }
        }
        tally.withLock { $0.add(own) }
    }
}

extension HotSwap.Tally {
    mutating func add(_ other: Self) {
        decisions += other.decisions
        late += other.late
        mixed += other.mixed
        latencies.add(other.latencies)
    }
}
