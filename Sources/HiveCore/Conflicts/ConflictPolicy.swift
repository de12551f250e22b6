/// How a conflict is settled. Most policies look at the siblings only, and so answer the same everywhere; those that depend
/// on who looks become an operation that says so.
public enum ConflictPolicy: String, Sendable, Hashable, CaseIterable {
    case local
    case remote
    case newest
    case confidence = "highest-confidence"
    case priority
    case authority
    case merge
    case fork
    case escalate
    case custom

    /// Whether it looks at the values alone, so that it can choose what is shown on every replica without an operation.
    /// The others act by an operation of somebody, or of the document's home.
    public var isPure: Bool { ![.local, .remote, .custom].contains(self) }

    /// What a policy says.
    public enum Verdict: Sendable, Hashable {
        /// This sibling replaces the others.
        case take(Dot)
        /// A new value replaces all.
        case put(CBORValue)
        /// All stay, marked as contested.
        case leave
        /// A person is to decide.
        case ask
    }

    /// Settles a conflict. Nil where the policy has nothing to choose from.
    public func settle(_ candidates: [ConflictCandidate], local node: NodeID) -> Verdict? {
        switch self {
        case .local: Self.best(candidates.filter { $0.author == node }) { ($0.stamp, $0.dot) }
        case .remote: Self.best(candidates.filter { $0.author != node }) { ($0.stamp, $0.dot) }
        case .newest: Self.best(candidates) { ($0.stamp, $0.dot) }
        case .confidence:
            candidates.max { ($0.confidence, $0.stamp, $0.dot) < ($1.confidence, $1.stamp, $1.dot) }.map {
                .take($0.dot)
            }
        case .priority:
            candidates.min { ($0.place, $0.rank, $1.stamp, $1.dot) < ($1.place, $1.rank, $0.stamp, $0.dot) }
                .map { .take($0.dot) }
        case .authority:
            candidates.min { ($0.rank, $1.stamp, $1.dot) < ($1.rank, $0.stamp, $0.dot) }.map { .take($0.dot) }
        case .merge: Self.merged(candidates).map(Verdict.put)
        case .fork: .leave
        case .escalate, .custom: .ask
        }
    }

    private static func best(
        _ candidates: [ConflictCandidate], by key: (ConflictCandidate) -> (Stamp, Dot)
    ) -> Verdict? {
        candidates.max { key($0) < key($1) }.map { .take($0.dot) }
    }

    /// Texts one below the other in the order of their stamps, each line once; lists joined; numbers at their highest.
    private static func merged(_ candidates: [ConflictCandidate]) -> CBORValue? {
        let values = candidates.sorted { ($0.stamp, $0.dot) < ($1.stamp, $1.dot) }.compactMap(\.value)
        guard values.count == candidates.count, !values.isEmpty else { return nil }
        let texts = values.compactMap(\.text)
        if texts.count == values.count {
            var seen: Set<Substring> = []
            let lines = texts.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
            return .text(lines.filter { seen.insert($0).inserted }.joined(separator: "\n"))
        }
        let lists = values.compactMap(\.array)
        if lists.count == values.count {
            var seen: Set<CBORValue> = []
            return .array(lists.joined().filter { seen.insert($0).inserted })
        }
        let numbers = values.compactMap(\.integer)
        if numbers.count == values.count { return numbers.max().map(CBORValue.integer) }
        return nil
    }
}
