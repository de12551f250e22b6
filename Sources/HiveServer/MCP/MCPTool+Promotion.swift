import HiveAPI

extension MCPTool {
    static func promotion(_ promotions: any PromotionService) -> [MCPTool] {
        [
            MCPTool(
                name: "promote_memory",
                description: "Copy a memory into a wider scope, so that more may see it: instance, agent:NAME, "
                    + "collective:NAME, universal. Promoting it again brings the copy up to date.",
                input: ToolSchema(
                    [
                        "id": ToolSchema.text(), "memory_id": ToolSchema.text("Same as id"), "to": ToolSchema.scope,
                        "forget_original": ToolSchema.flag("Whether the original is forgotten then; default false"),
                    ], required: ["to"]),
                output: [
                    "type": "object", "required": ["id", "scope", "original"],
                    "properties": [
                        "id": ["type": "string"], "scope": ["type": "string"], "original": ["type": "string"],
                        "created": ["type": "boolean"], "leftOut": ["type": "array", "items": ["type": "string"]],
                    ],
                ], hints: .changes
            ) { arguments in
                let id = try arguments.memoryID()
                var request = PromoteMemory(to: try arguments.required("to"))
                request.forgetOriginal = try arguments.value("forget_original", default: false)
                try arguments.finish()
                let answer = try await promotions.promote(id, request, as: arguments.caller)
                return [
                    "id": .string(answer.memory.id), "version": .string(answer.memory.version),
                    "scope": .string(answer.memory.scope), "original": .string(answer.original),
                    "created": .bool(answer.created), "changed": .bool(answer.changed),
                    "originalForgotten": .bool(answer.originalForgotten),
                    "leftOut": .array(answer.leftOut.map(JSONValue.string)),
                ]
            }
        ]
    }
}
