import HiveAPI
import HiveCEL
import HiveCore

/// What conditions on memories may ask for.
struct PolicyEvidence {
    let engram: Engram
    let scope: String
    let life: MemoryLife
    /// How far it is believed here, 0 to 1.
    let effectiveConfidence: Double
    let now: HiveCore.Timestamp

    static let variables: [(name: String, type: CELType)] = [
        ("kind", .string), ("scope", .string), ("category", .string), ("tags", .list(.string)), ("content", .string),
        ("context", .string), ("agent", .string), ("status", .string), ("source", .string),
        ("metadata", .map(.string, .dyn)), ("confidence", .double), ("effectiveConfidence", .double),
        ("verifications", .int), ("contradictions", .int),
        ("uses", .int), ("significance", .double), ("vitality", .double), ("ageDays", .double), ("idleDays", .double),
        ("links", .int), ("pinned", .bool), ("core", .bool), ("archived", .bool), ("contested", .bool),
    ]

    var values: [String: Value] {
        let metadata = Dictionary(engram.metadata.map { ($0.key, JSONValue($0.value).cel) }, uniquingKeysWith: { $1 })
        return [
            "kind": .string(engram.kind.rawValue), "scope": .string(scope), "category": .string(engram.category ?? ""),
            "tags": .list(engram.tags.map(Value.string)), "content": .string(engram.content ?? ""),
            "context": .string(engram.context ?? ""), "agent": .string(engram.state.creation.agent ?? ""),
            "status": .string(engram.status ?? ""), "source": .string(engram.source ?? ""),
            "metadata": .map(ValueMap(metadata)), "confidence": .double(engram.confidence ?? Self.unsaidConfidence),
            "effectiveConfidence": .double(effectiveConfidence),
            "verifications": .int(Int64(life.assessments.count { $0.verdict == .verified })),
            "contradictions": .int(Int64(life.assessments.count { $0.verdict == .contradicted })),
            "uses": .int(life.uses?.count ?? 0), "significance": .double(life.signs.significance ?? 0.5),
            "vitality": .double(life.vitality.value), "ageDays": .double(Self.days(since: engram.created, until: now)),
            "idleDays": .double(Double(life.vitality.idle) / 86_400_000), "links": .int(Int64(engram.links.count)),
            "pinned": .bool(engram.isPinned), "core": .bool(engram.isCore), "archived": .bool(engram.isArchived),
            "contested": .bool(engram.state.isContested),
        ]
    }

    /// Where the author did not say how sure it was.
    private static let unsaidConfidence = 0.5

    private static func days(since start: HiveCore.Timestamp, until end: HiveCore.Timestamp) -> Double {
        max(0, Double(end.milliseconds) - Double(start.milliseconds)) / 86_400_000
    }
}
