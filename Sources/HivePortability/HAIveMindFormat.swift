public import HiveAPI

/// The JSON in which hAIveMind hands out a user's memories: `{"user_id","export_timestamp","memories":[{"memory_id",
/// "content","category","metadata","created_at","context","tags","project","machine_id","scope"}],
/// "deleted_memories":[…]}`, by itself or under `export_data`.
///
/// What it has no field for travels along as a text under `metadata.hive`, since its store keeps only plain values.
public enum HAIveMindFormat {
    public static let system = "haivemind"
    private static let held: Set<String> = ["content", "tags", "category", "context", "metadata"]
    /// What stands in the metadata and in a field of its own.
    private static let repeated = [
        "memory_id", "user_id", "category", "created_at", "timestamp", "context", "tags", "hive",
    ]

    /// Throws `invalid_input` for a document of another shape. What its recycle bin holds is named and left out.
    public static func read(_ document: JSONValue) throws -> [ReadMemory] {
        let body = document["export_data"] ?? document
        guard let memories = body["memories"]?.array else {
            throw HiveError(
                .invalidInput, "this is no export of hAIveMind: it has no list `memories`",
                hint: "make one with its tool gdpr_export_user_data")
        }
        return memories.enumerated().map { index, record in
            let user = body["user_id"]?.string
            return ReadMemory(number: index + 1, Result { () throws(HiveError) in try memory(record, user: user) })
        }
    }

    /// How many memories of the recycle bin a document has; they are not imported.
    public static func deleted(_ document: JSONValue) -> Int {
        (document["export_data"] ?? document)["deleted_memories"]?.array?.count ?? 0
    }

    private static func memory(_ record: JSONValue, user: String?) throws(HiveError) -> JSONValue {
        guard let content = record["content"]?.string, let id = record["memory_id"]?.string else {
            throw HiveError(.invalidInput, "a memory needs `memory_id` and `content`")
        }
        let metadata = record["metadata"]?.object ?? [:]
        var plain = metadata
        for name in repeated { plain[name] = nil }
        let tags = ForeignValues.tags(record["tags"])
        let context = record["context"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        if let text = metadata["hive"]?.string, var line = (try? JSONValue(parsing: text))?.object {
            line["content"] = .string(content)
            line["tags"] = tags.json
            line["category"] = record["category"] ?? .null
            line["context"] = context.map(JSONValue.string) ?? .null
            line["metadata"] = .object(Self.unflattened(plain))
            return .object(line)
        }
        var memory = PortableMemory(content: content)
        memory.tags = tags
        memory.category = record["category"]?.string
        memory.context = context
        for name in ["project", "scope"] {
            if let text = record[name]?.string, !text.isEmpty { plain[name] = .string(text) }
        }
        memory.metadata = plain
        if let user = metadata["user_id"]?.string ?? user { memory.epistemic = Epistemic(user: user) }
        memory.origin = MemoryOrigin(
            system: system, id: id, createdAt: ForeignValues.time(record["created_at"]),
            updatedAt: ForeignValues.time(metadata["updated_at"]),
            author: record["machine_id"]?.string.flatMap { $0.isEmpty ? nil : $0 })
        return memory.json
    }

    /// One element of `memories`.
    public static func record(_ line: JSONValue) -> JSONValue {
        let origin = line["origin"]?["system"]?.string == system ? line["origin"] : nil
        var metadata: [String: JSONValue] = [:]
        for (name, value) in line["metadata"]?.object ?? [:] {
            metadata[name] = value.object == nil && value.array == nil ? value : .string(jsonMark + value.text)
        }
        metadata["hive"] = .string(ForeignValues.carried(line, without: held).text)
        metadata["user_id"] = line["epistemic"]?["user"] ?? .null
        return [
            "memory_id": origin?["id"] ?? line["id"] ?? .null, "content": line["content"] ?? .null,
            "category": line["category"] ?? .null, "context": line["context"]?.string.map(JSONValue.string) ?? "",
            "tags": line["tags"] ?? [], "created_at": origin?["createdAt"] ?? line["createdAt"] ?? .null,
            "project": metadata["project"] ?? "", "machine_id": line["author"]?["node"] ?? "",
            "scope": line["scope"] ?? "", "metadata": .object(metadata),
        ]
    }

    /// A value with parts, as a text: the store there keeps plain values only.
    private static let jsonMark = "json:"

    private static func unflattened(_ metadata: [String: JSONValue]) -> [String: JSONValue] {
        metadata.mapValues { value in
            guard let text = value.string, text.hasPrefix(jsonMark) else { return value }
            return (try? JSONValue(parsing: String(text.dropFirst(jsonMark.count)))) ?? value
        }
    }

    /// What follows the list of memories.
    public static func closing(count: Int, at time: String) -> [(name: String, value: JSONValue)] {
        [
            ("deleted_memories", []), ("export_timestamp", .string(time)),
            ("total_active_memories", .integer(Int64(count))), ("total_deleted_memories", 0), ("user_id", "default"),
        ]
    }
}
