/// Who is to do a task. A pure function of the task's needs, the agents known and the time, which says of every agent what
/// spoke for it and what against it.
public struct TaskChoice: Sendable, Hashable {
    /// The one chosen first, then by score; the excluded ones last.
    public let judgements: [Judgement]

    /// How a task's agent is found.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// The delegator named one.
        case named
        /// The home offers it to the most suitable.
        case suitable
        /// Whoever claims it first.
        case anyone
    }

    /// How much each part counts. They need not sum up to one.
    public struct Weights: Sendable, Hashable {
        public var capability = 0.4
        public var load = 0.25
        public var trust = 0.2
        public var recency = 0.15

        public init() {}
    }

    /// What counts of one agent. Parts are from 0 to 1.
    public struct Judgement: Sendable, Hashable {
        public let agent: String
        public let node: NodeID?
        public let score: Double
        /// By name: `capability`, `load`, `trust`, `recency`.
        public let parts: [String: Double]
        /// Why it cannot be chosen; nil where it can.
        public let obstacle: String?
    }

    /// How many judgements are kept with a task.
    public static let kept = 8

    /// The best of those that can be chosen; nil where there is none.
    public var best: Judgement? { judgements.first.flatMap { $0.obstacle == nil ? $0 : nil } }

    /// Why nobody was chosen, or why the best one was.
    public var reason: String {
        guard let best else {
            guard !judgements.isEmpty else { return "no agents are registered" }
            return "nobody is suitable: "
                + judgements.prefix(3).map { "`\($0.agent)` \($0.obstacle ?? "")" }.joined(separator: ", ")
        }
        let parts = best.parts.sorted { $0.key < $1.key }.map { "\($0.key) \(Self.rounded($0.value))" }
        return "`\(best.agent)` scores \(Self.rounded(best.score)): \(parts.joined(separator: ", "))"
    }

    /// A choice that was made before.
    public init(judged judgements: [Judgement]) { self.judgements = judgements }

    /// - Parameters:
    ///   - needs: capabilities that must all be there.
    ///   - passedOver: agents that had the task before and came to nothing: chosen only where there is nobody else.
    public init(
        among candidates: [TaskCandidate], needs: [String], passedOver: Set<String> = [], weights: Weights = Weights(),
        now: Timestamp
    ) {
        let judged = candidates.map { candidate in
            (
                judgement: Judgement(of: candidate, needs: needs, weights: weights, now: now),
                isSecondary: passedOver.contains(candidate.agent)
            )
        }
        judgements = judged.sorted { left, right in
            let (one, two) = (left.judgement, right.judgement)
            if (one.obstacle == nil) != (two.obstacle == nil) { return one.obstacle == nil }
            if left.isSecondary != right.isSecondary { return right.isSecondary }
            if one.score != two.score { return one.score > two.score }
            return (one.agent, one.node?.description ?? "") < (two.agent, two.node?.description ?? "")
        }.map(\.judgement)
    }

    static func rounded(_ number: Double) -> String {
        let hundredths = Int((min(max(number, 0), 1000) * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}

extension TaskChoice.Judgement {
    init(of candidate: TaskCandidate, needs: [String], weights: TaskChoice.Weights, now: Timestamp) {
        let silence = max(0, now.milliseconds(since: candidate.lastSeen ?? Timestamp(milliseconds: 0)) / 1000)
        let share = { (value: Double) in value.isFinite ? min(max(value, 0), 1) : 0 }
        // Whoever can do little else is the better choice for what it can do.
        let spare = max(0, candidate.capabilities.count - needs.count)
        parts = [
            "capability": needs.isEmpty ? 1 : 1 / (1 + Double(spare) / 8), "load": 1 - share(candidate.load),
            "trust": share(candidate.trust),
            "recency": candidate.lastSeen == nil ? 0 : HalfLife.hour.share(after: silence),
        ]
        let counted = [
            "capability": weights.capability, "load": weights.load, "trust": weights.trust, "recency": weights.recency,
        ]
        let parts = parts
        score = counted.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * (parts[$1.key] ?? 0) }
        agent = candidate.agent
        node = candidate.node
        obstacle = Self.obstacle(for: candidate, needs: needs)
    }

    private static func obstacle(for candidate: TaskCandidate, needs: [String]) -> String? {
        let lacking = Set(needs).subtracting(candidate.capabilities).sorted()
        if !lacking.isEmpty { return "lacks \(lacking.joined(separator: ", "))" }
        if !candidate.isAvailable { return "is \(candidate.state)" }
        if let limit = candidate.limit, candidate.running >= limit { return "has \(candidate.running) tasks already" }
        return nil
    }
}

extension TaskChoice.Judgement {
    var value: CBORValue {
        var fields: [String: CBORValue] = [
            "agent": .text(agent), "score": .double(score), "parts": .map(parts.mapValues(CBORValue.double)),
        ]
        fields["node"] = node.map { .bytes($0.digest.bytes) }
        fields["obstacle"] = obstacle.map(CBORValue.text)
        return .map(fields)
    }

    init(_ value: CBORValue) {
        agent = value["agent"]?.text ?? ""
        node = value["node"]?.bytes.flatMap(Digest.init(bytes:)).map(NodeID.init)
        score = value["score"]?.double ?? 0
        var parts: [String: Double] = [:]
        if case .map(let entries)? = value["parts"] {
            for entry in entries { parts[entry.key.text ?? ""] = entry.value.double }
        }
        self.parts = parts
        obstacle = value["obstacle"]?.text
    }
}

extension CBORValue {
    fileprivate var double: Double? {
        guard case .double(let number) = self else { return integer.map(Double.init) }
        return number
    }
}
