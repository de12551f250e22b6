extension MemoryLimits {
    /// The ways in which an episode can end.
    public static let outcomes = ["success", "failure", "partial", "abandoned"]
    /// Events that one request may bring.
    public static let events = 1000

    static func check(outcome: String?, isFilter: Bool = false) throws {
        let known = isFilter ? ["open"] + outcomes : outcomes
        guard let outcome, !known.contains(outcome) else { return }
        throw HiveError(
            .invalidInput, "`\(outcome)` is no outcome of an episode", hint: "use \(known.joined(separator: ", "))")
    }

    static func check(significance: Double?) throws {
        guard let significance, !(0...1).contains(significance) else { return }
        throw HiveError(.invalidInput, "`significance` must lie between 0 and 1, not at \(significance)")
    }

    static func check(event text: String, data: JSONValue?) throws {
        guard !text.isEmpty else {
            throw HiveError(.invalidInput, "the text of the event is empty", hint: "say what happened")
        }
        try check(texts: [("text", text)])
        if let data { try check(metadata: ["data": data]) }
    }

    static func check(_ episode: EpisodeDetail) throws {
        try check(outcome: episode.outcome)
        try check(significance: episode.significance)
        guard episode.events.count <= events else {
            throw HiveError(
                .tooLarge, "the episode has \(episode.events.count) events, \(events) are allowed at once",
                hint: "append the rest to it")
        }
        for event in episode.events { try check(event: event.text, data: event.data) }
        guard episode.outcome != nil || episode.endedAt == nil else {
            throw HiveError(.invalidInput, "an episode with `endedAt` needs an `outcome`", hint: "give both or none")
        }
    }
}
