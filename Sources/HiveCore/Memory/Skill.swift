/// How something is done: a procedural memory with its steps, what was learnt about them, and how it fared.
public struct Skill: Sendable, Hashable {
    /// When it is of use, in words that somebody in that situation would say.
    public let trigger: String?
    /// In order.
    public let steps: [String]
    /// In the order of writing, each once.
    public let refinements: [Refinement]
    /// What was said about single uses, in the order of writing.
    public let notes: [UseNote]
    public let uses: Int64
    public let successes: Int64

    /// What somebody learnt about a skill, and perhaps the steps that follow from it.
    public struct Refinement: Sendable, Hashable {
        public let why: String
        /// The steps that took the place of those before; nil where they stayed.
        public let steps: [String]?
        public let at: Timestamp
        public let agent: String?
        /// The operation that brought it; nil before it is written.
        public let dot: Dot?

        public init(why: String, steps: [String]?, at: Timestamp, agent: String?, dot: Dot? = nil) {
            self.why = why
            self.steps = steps
            self.at = at
            self.agent = agent
            self.dot = dot
        }

        /// The CBOR array `[why, steps or null, milliseconds, agent or null]`.
        public var value: CBORValue {
            .array([
                .text(why), steps.map(Skill.value(of:)) ?? .null, .integer(at.milliseconds),
                agent.map(CBORValue.text) ?? .null,
            ])
        }

        init?(_ entry: ListEntry) {
            guard let parts = entry.value.array, parts.count >= 4, let why = parts[0].text, let at = parts[2].integer
            else { return nil }
            self.init(
                why: why, steps: parts[1].array.map { $0.compactMap(\.text) }, at: Timestamp(milliseconds: at),
                agent: parts[3].text, dot: entry.dot)
        }
    }

    /// What somebody said about one use.
    public struct UseNote: Sendable, Hashable {
        public let succeeded: Bool
        public let text: String
        public let at: Timestamp
        public let agent: String?
        public let dot: Dot?

        public init(succeeded: Bool, text: String, at: Timestamp, agent: String?, dot: Dot? = nil) {
            self.succeeded = succeeded
            self.text = text
            self.at = at
            self.agent = agent
            self.dot = dot
        }

        /// The CBOR array `[succeeded, text, milliseconds, agent or null]`.
        public var value: CBORValue {
            .array([
                .bool(succeeded), .text(text), .integer(at.milliseconds), agent.map(CBORValue.text) ?? .null,
            ])
        }

        init?(_ entry: ListEntry) {
            guard let parts = entry.value.array, parts.count >= 4, case .bool(let succeeded) = parts[0],
                let text = parts[1].text, let at = parts[2].integer
            else { return nil }
            self.init(
                succeeded: succeeded, text: text, at: Timestamp(milliseconds: at), agent: parts[3].text,
                dot: entry.dot)
        }
    }

    /// Nil for memories that are no skills.
    public init?(_ engram: Engram) {
        guard engram.kind == .procedural else { return nil }
        let state = engram.state
        trigger = state.shown(EngramField.trigger)?.inline?.text
        steps = (state.shown(EngramField.steps)?.inline?.array ?? []).compactMap(\.text)
        refinements = Self.entries(of: EngramField.refinements, in: state).compactMap(Refinement.init)
        notes = Self.entries(of: EngramField.useNotes, in: state).compactMap(UseNote.init)
        uses = Self.count(EngramField.uses, EngramField.inheritedUses, in: state)
        successes = min(uses, Self.count(EngramField.successes, EngramField.inheritedSuccesses, in: state))
    }

    /// How steps are kept.
    public static func value(of steps: [String]) -> CBORValue { .array(steps.map(CBORValue.text)) }

    private static func entries(of field: UInt64, in state: DocumentState) -> [ListEntry] {
        guard case .list(let entries)? = state[field] else { return [] }
        var seen: Set<CBORValue> = []
        return entries.filter { seen.insert($0.value).inserted }
    }

    /// What was counted here, on top of what the skill had been through when it was promoted.
    static func count(_ own: UInt64, _ inherited: UInt64, in state: DocumentState) -> Int64 {
        let (sum, overflow) = (state[own]?.sum ?? 0).addingReportingOverflow(state[inherited]?.maximum ?? 0)
        return max(0, overflow ? .max : sum)
    }
}

extension Skill {
    /// The share of uses that succeeded; nil before the first use.
    public var rate: Double? { uses > 0 ? Double(successes) / Double(uses) : nil }

    /// What the share is at least, with 95 % confidence: 0 before the first use, and close to the share after many.
    public var rateAtLeast: Double { WilsonInterval.lowerBound(successes: successes, of: uses) }
}
