import HiveAPI

extension MCPTool {
    static func links(_ links: any LinkService) -> [MCPTool] {
        [linkMemories(links), unlinkMemories(links), relatedMemories(links)]
    }

    private static let linkArguments: KeyValuePairs<String, JSONValue> = [
        "id": ToolSchema.text("The memory that the link leaves"), "memory_id": ToolSchema.text("Same as id"),
        "relation": ToolSchema.text("What it is to the other: part_of, caused_by, supersedes, see-also, …"),
        "target": ToolSchema.text("The id of the other memory"),
        "version": ToolSchema.text("The version that you read"),
    ]

    private static func linkMemories(_ links: any LinkService) -> MCPTool {
        MCPTool(
            name: "link_memories",
            description:
                "Say how two memories hang together. Links of part_of, caused_by, supersedes and the like must "
                + "not run in a circle.",
            input: ToolSchema(linkArguments, required: ["relation", "target"]), output: MemoryText.receiptSchema,
            hints: .adds
        ) { arguments in
            let (id, request) = try link(&arguments)
            return MemoryText.receipt(try await links.link(id, with: request, as: arguments.caller))
        }
    }

    private static func unlinkMemories(_ links: any LinkService) -> MCPTool {
        MCPTool(
            name: "unlink_memories", description: "Take a link between two memories away.",
            input: ToolSchema(linkArguments, required: ["relation", "target"]), output: MemoryText.receiptSchema,
            hints: .removes
        ) { arguments in
            let (id, request) = try link(&arguments)
            return MemoryText.receipt(try await links.unlink(id, with: request, as: arguments.caller))
        }
    }

    private static func link(_ arguments: inout ToolArguments) throws -> (id: String, request: LinkMemory) {
        let id = try arguments.memoryID()
        let request = LinkMemory(
            relation: try arguments.required("relation"), target: try arguments.required("target"),
            version: try arguments.optional("version"))
        try arguments.finish()
        try request.checkLimits()
        return (id, request)
    }

    private static func relatedMemories(_ links: any LinkService) -> MCPTool {
        MCPTool(
            name: "get_related_memories",
            description: "What a memory is linked with, the nearest first: causes, parts, sources, what replaced it. "
                + "status tells of each whether it is there.",
            input: ToolSchema([
                "id": ToolSchema.text(), "memory_id": ToolSchema.text("Same as id"),
                "depth": ToolSchema.whole("How many links away, 1 to 8, default 1"),
                "relation": ToolSchema.text("Only links of this relation"),
                "direction": NeighbourQuery.Direction.shape.schema, "limit": ToolSchema.whole("1 to 500, default 50"),
            ]),
            output: [
                "type": "object", "required": ["items", "links"],
                "properties": ["items": ["type": "array"], "links": ["type": "array"]],
            ], hints: .reads
        ) { arguments in
            let id = try arguments.memoryID()
            let query = NeighbourQuery(
                depth: try arguments.value("depth", default: 1), relation: try arguments.optional("relation"),
                direction: try arguments.value("direction", default: .both),
                limit: try arguments.value("limit", default: 50))
            try arguments.finish()
            try query.checkLimits()
            return try await links.neighbours(id, query, as: arguments.caller).json
        }
    }
}
