import HiveAPI

extension MCPTool {
    /// How many memories are written between two reports of progress.
    private static let importStep = 25

    static func importMemories(_ portability: any PortabilityService) -> MCPTool {
        MCPTool(
            name: "import_memories",
            description: "Bring many memories in at once: up to 1000, each as `export` writes them; only `content` is "
                + "needed. One that came before changes nothing, one that is wrong is named and the others go in. "
                + "Reports progress.",
            input: ToolSchema(
                [
                    "memories": [
                        "type": "array", "items": ["type": "object", "required": ["content"]],
                        "description": "Each with content, and category, tags, kind, metadata, … where known",
                    ],
                    "scope": ToolSchema.scope, "dry_run": ToolSchema.flag("Only say what would be done"),
                ], required: ["memories"]),
            output: [
                "type": "object", "required": ["created", "updated", "unchanged", "skipped", "failed", "problems"],
                "properties": [
                    "created": ["type": "integer"], "updated": ["type": "integer"], "failed": ["type": "integer"],
                    "problems": ["type": "array", "items": ["type": "object", "required": ["number", "message"]]],
                ],
            ], hints: .adds
        ) { arguments in
            let memories: [JSONValue] = try arguments.required("memories")
            let scope: String? = try arguments.optional("scope")
            let dryRun = try arguments.value("dry_run", default: false)
            try arguments.finish()
            guard (1...ImportBatch.largest).contains(memories.count) else {
                throw HiveError(
                    .invalidInput, "`memories` must hold 1 to \(ImportBatch.largest), not \(memories.count)",
                    hint: "send them in several calls, or use `hivectl import`")
            }
            let lines = memories.enumerated().map { ImportLine(number: $0.offset + 1, memory: $0.element) }
            let total = Double(lines.count)
            var answer = ImportAnswer()
            arguments.exchange.report(0, of: total)
            for start in stride(from: 0, to: lines.count, by: importStep) {
                // What was written stays: the call may be repeated.
                try Task.checkCancellation()
                let batch = ImportBatch(
                    lines: Array(lines[start..<min(start + importStep, lines.count)]), scope: scope, dryRun: dryRun)
                answer.add(try await portability.importMemories(batch, as: arguments.caller))
                arguments.exchange.report(Double(min(start + importStep, lines.count)), of: total)
            }
            return answer.json
        }
    }
}
