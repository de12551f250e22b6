import HiveAPI

/// Memories as models get them: what is empty is left out, and long texts are cut in lists.
enum MemoryText {
    /// How many characters of a memory a list shows; `retrieve_memory` gives all.
    static let shown = 4000

    /// Without nulls and empty containers; metadata stays as its author wrote it.
    static func lean(_ memory: JSONValue) -> JSONValue {
        guard var members = memory.object else { return memory }
        if let epistemic = members["epistemic"]?.object {
            // Counters that nobody has moved yet say nothing.
            members["epistemic"] = .object(epistemic.filter { $0.value != 0 && $0.value != .null })
        }
        return .object(members.filter { ![.null, .array([]), .object([:])].contains($0.value) })
    }

    /// How many events of an episode a list shows, the last ones, and how many characters of each.
    static let shownEvents = 10
    private static let shownOfEvent = 300

    static func item(_ hit: MemoryHit) -> JSONValue {
        var memory = hit.memory
        var isLong = memory.content.map { $0.utf8.count > shown } ?? false
        if isLong { memory.content = memory.content.map { String($0.prefix(shown)) } }
        if var episode = memory.episode {
            episode.events = episode.events.suffix(shownEvents).map {
                EpisodeEvent(String($0.text.prefix(shownOfEvent)), at: $0.at, agent: $0.agent)
            }
            isLong = isLong || episode.json.bytes.count < (memory.episode?.json.bytes.count ?? 0)
            memory.episode = episode
        }
        var members = lean(memory.json).object ?? [:]
        members["score"] = .number(hit.score)
        if isLong { members["truncated"] = true }
        return .object(members)
    }

    static func page(_ page: Page<MemoryHit>) -> JSONValue {
        var members: [String: JSONValue] = [
            "items": .array(page.items.map(item)), "next": page.next.map(JSONValue.string) ?? .null,
        ]
        members["degraded"] = page.degraded.map(JSONValue.string)
        return .object(members)
    }

    /// What a write answers: the writer knows the content.
    static func receipt(_ answer: MemoryAnswer) -> JSONValue {
        let memory = answer.memory
        var members: [String: JSONValue] = [
            "id": .string(memory.id), "version": .string(memory.version), "kind": .string(memory.kind),
            "scope": .string(memory.scope), "created": .bool(answer.created), "contested": .bool(answer.contested),
        ]
        if let version = answer.basedOn { members["basedOn"] = .string(version) }
        if !answer.contradicts.isEmpty { members["contradicts"] = .array(answer.contradicts.map(JSONValue.string)) }
        return .object(members)
    }

    static let pageSchema: JSONValue = [
        "type": "object", "required": ["items", "next"],
        "properties": [
            "items": ["type": "array", "items": ["type": "object", "required": ["id", "version"]]],
            "next": ["type": ["string", "null"]],
        ],
    ]

    static let receiptSchema: JSONValue = [
        "type": "object", "required": ["id", "version", "contested"],
        "properties": [
            "id": ["type": "string"], "version": ["type": "string"], "scope": ["type": "string"],
            "contested": ["type": "boolean"],
        ],
    ]
}
