/// What a reader holds of a memory: the last word of each reporter counts, and counts once.
public struct Assessment: Sendable, Hashable {
    public let verdict: Verdict
    public let reporter: Reporter
    public let time: Timestamp
    /// The memory that speaks against this one.
    public let other: String?
    public let reason: String?

    /// What was found.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        case verified
        case contradicted
        /// What the reporter said before no longer holds.
        case withdrawn
    }

    public init(
        _ verdict: Verdict, by reporter: Reporter, at time: Timestamp, other: String? = nil, reason: String? = nil
    ) {
        self.verdict = verdict
        self.reporter = reporter
        self.time = time
        self.other = other
        self.reason = reason
    }

    /// The form in an operation: who signed it and when, the operation says itself.
    public static func value(
        _ verdict: Verdict, agent: String?, other: String? = nil, reason: String? = nil
    ) -> CBORValue {
        let texts = [("agent", agent), ("other", other), ("reason", reason), ("verdict", verdict.rawValue)]
        return .map(
            Dictionary(uniqueKeysWithValues: texts.compactMap { name, text in text.map { (name, CBORValue.text($0)) } })
        )
    }

    /// Nil for an entry of a form that this version does not know.
    init?(_ entry: ListEntry, node: NodeID) {
        guard let verdict = entry.value["verdict"]?.text.flatMap(Verdict.init(rawValue:)) else { return nil }
        self.init(
            verdict, by: Reporter(node: node, agent: entry.value["agent"]?.text),
            at: Timestamp(milliseconds: Int64(entry.stamp.milliseconds)), other: entry.value["other"]?.text,
            reason: entry.value["reason"]?.text)
    }

    /// The last word of each reporter that has not taken it back, in order of their names.
    public static func standing(_ assessments: [Assessment]) -> [Assessment] {
        Dictionary(assessments.map { ($0.reporter, $0) }) { $1 }.values
            .filter { $0.verdict != .withdrawn }.sorted { $0.reporter < $1.reporter }
    }
}
