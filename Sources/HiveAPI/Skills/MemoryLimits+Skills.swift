extension MemoryLimits {
    /// Steps that one skill may have.
    public static let steps = 1000

    static func check(steps list: [String]) throws {
        guard !list.contains(where: \.isEmpty) else {
            throw HiveError(.invalidInput, "a step is empty", hint: "leave it out")
        }
        guard list.count <= steps else {
            throw HiveError(
                .tooLarge, "the skill has \(list.count) steps, \(steps) are allowed", hint: "make several skills of it")
        }
        try check(texts: [("steps", list.joined(separator: "\n"))])
    }

    static func check(result: String) throws {
        guard !["success", "failure"].contains(result) else { return }
        throw HiveError(.invalidInput, "`\(result)` is no result of a use", hint: "use success or failure")
    }

    static func check(_ skill: SkillDetail) throws {
        guard skill.trigger != "" else { throw HiveError(.invalidInput, "the trigger is empty") }
        try check(texts: [("trigger", skill.trigger)])
        try check(steps: skill.steps)
        for refinement in skill.refinements {
            try check(texts: [("why", refinement.why)])
            if let steps = refinement.steps { try check(steps: steps) }
        }
        for note in skill.notes {
            try check(result: note.result)
            try check(texts: [("note", note.text)])
        }
        guard skill.uses >= 0, skill.successes >= 0, skill.successes <= skill.uses else {
            throw HiveError(.invalidInput, "a skill cannot have \(skill.successes) successes in \(skill.uses) uses")
        }
    }
}
