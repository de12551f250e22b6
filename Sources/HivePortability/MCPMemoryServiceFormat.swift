public import HiveAPI
import HiveCore

/// The JSON that mcp-memory-service exports and imports: `{"export_metadata":{…},"memories":[{"content","content_hash",
/// "tags","created_at","updated_at","memory_type","metadata","export_source"}]}`.
///
/// What it has no field for travels along under `metadata.hive`, from where it comes back.
public enum MCPMemoryServiceFormat {
    public static let system = "mcp-memory-service"
    private static let held: Set<String> = ["content", "tags", "category", "metadata"]

    /// Throws `invalid_input` for a document of another shape.
    public static func read(_ document: JSONValue) throws -> [ReadMemory] {
        guard let memories = document["memories"]?.array else {
            throw HiveError(
                .invalidInput, "this is no export of mcp-memory-service: it has no list `memories`",
                hint: "make one with its export command")
        }
        return memories.enumerated().map { index, record in
            ReadMemory(number: index + 1, Result { () throws(HiveError) in try memory(record) })
        }
    }

    private static func memory(_ record: JSONValue) throws(HiveError) -> JSONValue {
        guard let content = record["content"]?.string else {
            throw HiveError(.invalidInput, "the memory has no `content`")
        }
        var metadata = record["metadata"]?.object ?? [:]
        let tags = ForeignValues.tags(record["tags"])
        if var line = metadata["hive"]?.object {
            metadata["hive"] = nil
            line["content"] = .string(content)
            line["tags"] = tags.json
            line["category"] = record["memory_type"] ?? .null
            line["metadata"] = .object(metadata)
            return .object(line)
        }
        guard let hash = record["content_hash"]?.string else {
            throw HiveError(.invalidInput, "the memory has no `content_hash`")
        }
        var memory = PortableMemory(content: content)
        memory.tags = tags
        memory.category = record["memory_type"]?.string
        memory.metadata = metadata
        memory.origin = MemoryOrigin(
            system: system, id: hash, createdAt: ForeignValues.time(record["created_at"]),
            updatedAt: ForeignValues.time(record["updated_at"]), author: record["export_source"]?.string)
        return memory.json
    }

    /// One element of `memories`.
    public static func record(_ line: JSONValue) -> JSONValue {
        let content = line["content"]?.string ?? ""
        let origin = line["origin"]?["system"]?.string == system ? line["origin"] : nil
        var metadata = line["metadata"]?.object ?? [:]
        metadata["hive"] = ForeignValues.carried(line, without: held)
        return [
            "content": .string(content),
            "content_hash": origin?["id"] ?? .string(Digest.sha256(Array(content.utf8)).hex),
            "tags": line["tags"] ?? [], "memory_type": line["category"] ?? .null,
            "created_at": ForeignValues.seconds((origin?["createdAt"] ?? line["createdAt"])?.string),
            "updated_at": ForeignValues.seconds((origin?["updatedAt"] ?? line["updatedAt"])?.string),
            "metadata": .object(metadata), "export_source": line["author"]?["node"] ?? .null,
        ]
    }

    /// What follows the list of memories.
    public static func closing(count: Int, at time: String) -> JSONValue {
        [
            "source_machine": "hive", "export_timestamp": .string(time), "total_memories": .integer(Int64(count)),
            "include_embeddings": false, "filter_tags": .null, "exporter_version": "hive",
        ]
    }
}
