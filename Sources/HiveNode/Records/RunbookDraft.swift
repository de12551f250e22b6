import HiveAPI
import HiveCore

/// Puts a runbook together from what a request gives: Markdown, a memory to draft from, what there is already, and parts
/// that take the place of theirs.
struct RunbookDraft {
    private let request: WriteRunbook
    private let base: Runbook?

    init(_ request: WriteRunbook, source: Engram? = nil, present: Runbook? = nil) throws {
        self.request = request
        if let markdown = request.markdown {
            do { base = try Runbook(markdown: markdown) } catch {
                throw HiveError(.invalidInput, "line \(error.line): \(error.message)", hint: error.hint)
            }
        } else if let source {
            let drafted: Runbook? =
                if case .incident(let incident)? = source.record { Runbook(drafting: incident) } else {
                    Runbook(drafting: source)
                }
            guard let drafted else {
                throw HiveError(
                    .invalidInput, "`\(request.source ?? "")` does not say what was done",
                    hint: "add notes or a resolution to it first, or give steps")
            }
            base = drafted
        } else {
            base = present
        }
    }

    /// Throws `invalid_input` where title or steps are missing, or are too many.
    func runbook() throws -> Runbook {
        let made = Runbook(
            title: try RecordInput.line("title", request.title) ?? base?.title ?? "",
            summary: try RecordInput.prose("summary", request.summary) ?? base?.summary,
            trigger: try RecordInput.prose("trigger", request.trigger) ?? base?.trigger,
            preconditions: request.preconditions ?? base?.preconditions ?? [], steps: try steps(),
            expectedOutcome: try RecordInput.prose("expectedOutcome", request.expectedOutcome) ?? base?.expectedOutcome,
            systems: request.systems ?? base?.systems ?? [],
            owner: try RecordInput.line("owner", request.owner) ?? base?.owner,
            reviewedAt: try RecordInput.time("reviewedAt", request.reviewedAt) ?? base?.reviewedAt)
        guard let made else {
            throw HiveError(.invalidInput, "a runbook needs a title", hint: "say in one line what it is for")
        }
        guard !made.steps.isEmpty else {
            throw HiveError(
                .invalidInput, "the runbook has no steps",
                hint: "give `steps` or `procedure`; in Markdown, a numbered list under `## Steps`")
        }
        guard made.steps.count <= RecordLimits.steps else {
            throw HiveError(
                .tooLarge, "the runbook has \(made.steps.count) steps, \(RecordLimits.steps) are allowed",
                hint: "divide it into several runbooks")
        }
        return made
    }

    private func steps() throws -> [RunbookStep] {
        if let procedure = request.procedure { return Runbook.procedure(procedure) }
        guard let steps = request.steps else { return base?.steps ?? [] }
        return try steps.enumerated().map { place, given in
            let step = RunbookStep(
                text: given.text, command: given.command, expected: given.expected, rollback: given.rollback)
            guard let step else {
                throw HiveError(.invalidInput, "`steps[\(place)]` says nothing", hint: "say what is to be done")
            }
            return step
        }
    }
}
