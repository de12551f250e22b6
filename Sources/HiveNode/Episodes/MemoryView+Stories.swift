import HiveAPI
import HiveCore

extension MemoryView {
    /// Nil for memories that are no episodes.
    func episode(_ engram: Engram) throws -> EpisodeDetail? {
        guard let episode = Episode(engram) else { return nil }
        var nodes = NodeNames(view: self)
        return EpisodeDetail(
            startedAt: episode.started.rfc3339, endedAt: episode.ended?.rfc3339, outcome: episode.outcome,
            significance: episode.significance,
            events: try episode.events.map { event in
                EpisodeEvent(
                    event.text, at: event.at.rfc3339, data: event.data.map { JSONValue($0) }, agent: event.agent,
                    node: try nodes.name(of: event.dot))
            })
    }

    /// Nil for memories that are no skills.
    func skill(_ engram: Engram) throws -> SkillDetail? {
        guard let skill = Skill(engram) else { return nil }
        var nodes = NodeNames(view: self)
        return SkillDetail(
            trigger: skill.trigger, steps: skill.steps,
            refinements: try skill.refinements.map { refinement in
                SkillRefinement(
                    why: refinement.why, steps: refinement.steps, at: refinement.at.rfc3339, agent: refinement.agent,
                    node: try nodes.name(of: refinement.dot))
            },
            notes: try skill.notes.map { note in
                SkillNote(
                    result: note.succeeded ? "success" : "failure", text: note.text, at: note.at.rfc3339,
                    agent: note.agent, node: try nodes.name(of: note.dot))
            }, uses: Int(skill.uses), successes: Int(skill.successes), rate: skill.rate,
            rateAtLeast: skill.rateAtLeast)
    }

    /// The nodes behind operations, each log looked up once.
    private struct NodeNames {
        let view: MemoryView
        private var names: [LogID: String?] = [:]

        init(view: MemoryView) { self.view = view }

        mutating func name(of dot: Dot?) throws -> String? {
            guard let dot else { return nil }
            if let known = names[dot.log] { return known }
            let name = try view.transaction.logs.row(dot.log)?.descriptor.author.nodeID.description
            names[dot.log] = .some(name)
            return name
        }
    }
}
