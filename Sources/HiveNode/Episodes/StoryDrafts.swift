import HiveAPI
import HiveCore

/// Turns what requests say about episodes and skills into changes.
enum StoryDrafts {
    /// Clocks of machines differ; what is further ahead than this has not happened.
    private static let tolerance: Int64 = 300

    static func changes(for episode: EpisodeDetail, now: Timestamp) throws -> [Draft.Change] {
        let started = try time(episode.startedAt, "startedAt", now: now)
        var changes: [Draft.Change] = [.set(EngramField.started, .integer(started.milliseconds))]
        if let significance = episode.significance {
            changes.append(.set(EngramField.significance, .double(significance)))
        }
        if !episode.events.isEmpty {
            let events = try episode.events.map { try event($0, now: now).value }
            changes.append(.append(EngramField.events, events))
        }
        if let outcome = episode.outcome {
            changes += try ending(outcome, at: try time(episode.endedAt, "endedAt", now: now), since: started)
        }
        return changes
    }

    static func changes(for skill: SkillDetail, now: Timestamp) throws -> [Draft.Change] {
        var changes: [Draft.Change] = [.set(EngramField.steps, Skill.value(of: skill.steps))]
        if let trigger = skill.trigger { changes.append(.set(EngramField.trigger, .text(trigger))) }
        let refinements = try skill.refinements.map { refinement in
            Skill.Refinement(
                why: refinement.why, steps: refinement.steps, at: try time(refinement.at, "at", now: now),
                agent: refinement.agent
            ).value
        }
        if !refinements.isEmpty { changes.append(.append(EngramField.refinements, refinements)) }
        let notes = try skill.notes.map { note in
            Skill.UseNote(
                succeeded: note.result == "success", text: note.text, at: try time(note.at, "at", now: now),
                agent: note.agent
            ).value
        }
        if !notes.isEmpty { changes.append(.append(EngramField.useNotes, notes)) }
        if skill.uses > 0 { changes.append(.count(EngramField.uses, Int64(skill.uses))) }
        if skill.successes > 0 { changes.append(.count(EngramField.successes, Int64(skill.successes))) }
        return changes
    }

    /// An end, which cannot come before the beginning.
    static func ending(_ outcome: String, at ended: Timestamp, since started: Timestamp) throws -> [Draft.Change] {
        guard let known = Episode.Outcome(rawValue: outcome) else {
            throw HiveError(
                .invalidInput, "`\(outcome)` is no outcome of an episode",
                hint: "use \(Episode.Outcome.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard ended >= started else {
            throw HiveError(
                .invalidInput, "the episode would end at \(ended.rfc3339), before it began at \(started.rfc3339)",
                hint: "give the time when it ended, or leave it out")
        }
        return [
            .set(EngramField.outcome, .text(outcome)), .append(EngramField.endings, [Episode.ending(known, at: ended)]),
        ]
    }

    static func event(_ event: EpisodeEvent, now: Timestamp) throws -> Episode.Event {
        let data = event.data.flatMap { $0.isNull ? nil : $0.cbor }
        return Episode.Event(
            event.text, at: try time(event.at, "at", now: now), data: data, agent: event.agent)
    }

    /// When something happened; now where that was not said. Throws where it is no time, or lies ahead.
    static func time(_ text: String?, _ name: String, now: Timestamp) throws(HiveError) -> Timestamp {
        guard let text else { return now }
        guard let time = Timestamp(rfc3339: text) else {
            throw HiveError(
                .invalidInput, "`\(name)` is no time: `\(text)`", hint: "write RFC 3339, as in 2026-11-21T08:00:00Z")
        }
        guard time <= now.advanced(bySeconds: tolerance) else {
            throw HiveError(.invalidInput, "`\(name)` lies ahead, at \(text)", hint: "say it when it has happened")
        }
        return time
    }
}
