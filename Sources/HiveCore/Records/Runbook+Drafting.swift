extension Runbook {
    /// A draft from what was done about an incident: every note of its timeline is a step, what ended it the last one.
    /// Nil where nothing was noted.
    public init?(drafting incident: Incident) {
        let resolutions = incident.resolutions.flatMap(Self.steps)
        let notes = incident.timeline.compactMap(\.text).filter { !incident.resolutions.contains($0) }
        let steps = notes.flatMap(Self.steps) + resolutions
        guard !steps.isEmpty else { return nil }
        let systems = incident.systems.joined(separator: ", ")
        self.init(
            title: "When this happens: \(incident.title)", summary: incident.lessons,
            trigger: [incident.title, incident.summary].compactMap(\.self).joined(separator: "\n\n"), steps: steps,
            expectedOutcome: systems.isEmpty ? nil : "Well again: \(systems).", systems: incident.systems)
    }

    /// A draft from a memory of how something was done: its steps where it has some, what happened in it otherwise, or
    /// the lines of its text. Nil where it says nothing.
    public init?(drafting engram: Engram) {
        let state = engram.state
        let listed = (state.shown(EngramField.steps)?.inline?.array ?? []).compactMap(RunbookStep.init)
        let events = (Episode(engram)?.events.map(\.text) ?? []).compactMap { RunbookStep(text: $0) }
        let written = engram.content.map(Self.procedure) ?? []
        let steps = [listed, events, written].first { !$0.isEmpty } ?? []
        let head = engram.content?.split(separator: "\n").first.map(String.init)
        guard !steps.isEmpty, let head else { return nil }
        self.init(
            title: String(head.prefix(120)), summary: listed.isEmpty && events.isEmpty ? nil : engram.content,
            trigger: state.text(EngramField.trigger), steps: steps)
    }

    /// The steps that a text describes, one on each line, numbered, dashed or bare. A line that begins with `$ ` is the
    /// command of the step before.
    public static func procedure(_ text: String) -> [RunbookStep] {
        let lines = (RecordText.prose(text) ?? "").split(separator: "\n").map(String.init)
        var steps: [RunbookStep] = []
        for line in lines {
            if line.utf8.starts(with: "$ ".utf8) {
                let command = String(decoding: line.utf8.dropFirst(2), as: UTF8.self)
                if let last = steps.indices.last {
                    steps[last].command = [steps[last].command, command].compactMap(\.self).joined(separator: "\n")
                } else if let step = RunbookStep(text: "", command: command) {
                    steps.append(step)
                }
            } else if let step = RunbookStep(text: withoutMarker(line)) {
                steps.append(step)
            }
        }
        return steps
    }

    /// The steps of one note: all of it is one step, but for its commands.
    private static func steps(of note: String) -> [RunbookStep] {
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        let commands = lines.filter { $0.utf8.starts(with: "$ ".utf8) }.map { $0.dropFirst(2) }
        let text = lines.filter { !$0.utf8.starts(with: "$ ".utf8) }
        return [RunbookStep(text: text.joined(separator: "\n"), command: commands.joined(separator: "\n"))]
            .compactMap(\.self)
    }

    private static func withoutMarker(_ line: String) -> String {
        let line = line.drop { $0 == " " || $0 == "\t" }
        let rest = line.drop(while: \.isNumber)
        if rest.startIndex > line.startIndex, let mark = rest.first, mark == "." || mark == ")" {
            return String(rest.dropFirst())
        }
        guard let mark = line.first, "-*+".contains(mark), line.dropFirst().first == " " else { return String(line) }
        return String(line.dropFirst(2))
    }
}
