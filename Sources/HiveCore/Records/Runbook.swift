/// A runbook as its document, or a Markdown file, says.
public struct Runbook: Sendable, Hashable {
    public var title: String
    public var summary: String?
    /// When it is to be followed.
    public var trigger: String?
    public var preconditions: [String]
    public var steps: [RunbookStep]
    public var expectedOutcome: String?
    /// What it is about, sorted.
    public var systems: [String]
    public var owner: String?
    public var reviewedAt: Timestamp?
    /// Every time that somebody followed it, oldest first. No part of its Markdown.
    public var runs: [RunbookRun] = []

    /// Texts are brought into the form that they are kept in. Nil without a title.
    public init?(
        title: String, summary: String? = nil, trigger: String? = nil, preconditions: [String] = [],
        steps: [RunbookStep] = [], expectedOutcome: String? = nil, systems: [String] = [], owner: String? = nil,
        reviewedAt: Timestamp? = nil
    ) {
        guard let title = RecordText.line(title) else { return nil }
        self.title = title
        self.summary = summary.flatMap(RecordText.prose)
        self.trigger = trigger.flatMap(RecordText.prose)
        self.preconditions = preconditions.compactMap(RecordText.prose)
        self.steps = steps
        self.expectedOutcome = expectedOutcome.flatMap(RecordText.prose)
        self.systems = Set(systems.compactMap(RecordText.line)).sorted()
        self.owner = owner.flatMap(RecordText.line)
        self.reviewedAt = reviewedAt
    }

    public init(_ state: DocumentState) {
        title = state.text(EngramField.title) ?? ""
        summary = state.text(EngramField.summary)
        trigger = state.text(EngramField.occasion)
        preconditions = (state.shown(EngramField.preconditions)?.inline?.array ?? []).compactMap(\.text)
        steps = (state.shown(EngramField.procedure)?.inline?.array ?? []).compactMap(RunbookStep.init)
        expectedOutcome = state.text(EngramField.expectedOutcome)
        systems = state.texts(EngramField.systems)
        owner = state.text(EngramField.owner)
        reviewedAt = state.time(EngramField.reviewedAt)
        runs = (state[EngramField.runs]?.entries ?? []).compactMap(RunbookRun.init)
    }

    /// The incidents that it was followed for and did not fail.
    public var helped: [String] { runs.filter { $0.outcome != .failure }.compactMap(\.incident) }

    /// How often it went so.
    public func count(_ outcome: RunbookRun.Outcome) -> Int { runs.count { $0.outcome == outcome } }
}
