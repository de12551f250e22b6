public import HiveCEL
import HiveCore

/// Recorded decisions against a candidate set.
public struct Replay: Sendable {
    public let total: Int
    /// Lines that are no record, with the reason.
    public let unreadable: [(line: Int, reason: String)]
    public let changes: [Change]
    public let byRule: [Count]
    public let byAgent: [Count]

    /// A decision that the candidate makes differently.
    public struct Change: Sendable {
        public let line: Int
        public let agent: String
        public let input: Value
        public let before: Verdict
        public let after: Verdict
    }

    /// How many decisions of a rule or an agent were replayed, and how many came out differently.
    public struct Count: Sendable, Hashable {
        public let name: String
        public let total: Int
        public let changed: Int
        /// Restricted now and not before.
        public let stricter: Int
        /// Restricted before and not now.
        public let looser: Int
    }

    /// Each line is a JSON object with `input`, `decision` (as decisions are answered) and, where the time matters,
    /// `time`. `now`, in Unix milliseconds, is used for lines without a time.
    public static func run(_ lines: [String], against set: CompiledRuleSet, now: Int64) -> Replay {
        var changes: [Change] = []
        var unreadable: [(line: Int, reason: String)] = []
        var rules = ReplayTally()
        var agents = ReplayTally()
        var total = 0
        for (number, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
            do throws(ReplayRecord.Failure) {
                let record = try ReplayRecord(line)
                let after = Verdict(record.input, by: set, now: record.time ?? now)
                total += 1
                let change =
                    after == record.verdict
                    ? nil
                    : Change(
                        line: number + 1, agent: record.agent, input: record.input, before: record.verdict, after: after
                    )
                for name in Set([record.verdict.rule ?? "none", after.rule ?? "none"]) { rules.add(name, change) }
                agents.add(record.agent, change)
                if let change { changes.append(change) }
            } catch { unreadable.append((number + 1, error.reason)) }
        }
        return Replay(
            total: total, unreadable: unreadable, changes: changes, byRule: rules.counts, byAgent: agents.counts)
    }
}

/// One recorded decision.
struct ReplayRecord {
    let input: Value
    let verdict: Verdict
    let agent: String
    let time: Int64?

    struct Failure: Error {
        let reason: String
    }

    init(_ line: String) throws(Failure) {
        let value: Value
        do { value = try JSONText.parse(line) } catch { throw Failure(reason: "no JSON: \(error)") }
        guard case .map(let map) = value, let input = map["input"], let decision = map["decision"],
            let verdict = Verdict(recorded: decision)
        else { throw Failure(reason: "a record has `input` and `decision` with its `effect`") }
        self.input = input
        self.verdict = verdict
        if case .map(let fields) = input, case .map(let agent)? = fields["agent"],
            case .string(let name)? = agent["name"]
        {
            self.agent = name
        } else {
            agent = "unknown"
        }
        guard case .string(let text)? = map["time"] else {
            time = nil
            return
        }
        guard let moment = HiveCore.Timestamp(rfc3339: text) else { throw Failure(reason: "`\(text)` is no time") }
        time = moment.milliseconds
    }
}

/// Counts by name.
struct ReplayTally {
    private var total: [String: Int] = [:]
    private var changes: [String: [Replay.Change]] = [:]

    mutating func add(_ name: String, _ change: Replay.Change?) {
        total[name, default: 0] += 1
        if let change { changes[name, default: []].append(change) }
    }

    /// Those with the most changes first.
    var counts: [Replay.Count] {
        total.map { name, total in
            let changed = changes[name] ?? []
            return Replay.Count(
                name: name, total: total, changed: changed.count,
                stricter: changed.count { !$0.before.restricts && $0.after.restricts },
                looser: changed.count { $0.before.restricts && !$0.after.restricts })
        }.sorted { ($1.changed, $0.name) < ($0.changed, $1.name) }
    }
}

extension Verdict {
    /// Whether it keeps from doing what was asked.
    var restricts: Bool { effect == "refused" || RuleEffect(rawValue: effect)?.restricts == true }
}
