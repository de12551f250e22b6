import HiveAPI

extension MCPTool {
    static func verify(_ assessments: any AssessmentService) -> MCPTool {
        MCPTool(
            name: "verify_memory",
            description: "Say that you checked a memory and it holds: it is believed more, and counts as fresh again.",
            input: ToolSchema([
                "id": ToolSchema.text(), "memory_id": ToolSchema.text("Same as id"),
                "reason": ToolSchema.text("How you checked it"),
                "withdraw": ToolSchema.flag("Take back what you said before"),
            ]),
            output: MemoryText.receiptSchema, hints: .changes
        ) { arguments in
            let id = try arguments.memoryID()
            let request = AssessMemory(
                reason: try arguments.optional("reason"), withdraw: try arguments.value("withdraw", default: false))
            try arguments.finish()
            try request.checkVerification()
            return MemoryText.receipt(try await assessments.verify(id, with: request, as: arguments.caller))
        }
    }

    static func contradict(_ assessments: any AssessmentService) -> MCPTool {
        MCPTool(
            name: "contradict_memory",
            description: "Say that a memory does not hold, by another memory or by a reason: it is believed less.",
            input: ToolSchema([
                "id": ToolSchema.text(), "memory_id": ToolSchema.text("Same as id"),
                "by": ToolSchema.text("The id of the memory that speaks against it"),
                "reason": ToolSchema.text("Why it does not hold"),
                "withdraw": ToolSchema.flag("Take back what you said before"),
            ]),
            output: MemoryText.receiptSchema, hints: .changes
        ) { arguments in
            let id = try arguments.memoryID()
            let request = AssessMemory(
                reason: try arguments.optional("reason"), by: try arguments.optional("by"),
                withdraw: try arguments.value("withdraw", default: false))
            try arguments.finish()
            try request.checkContradiction()
            return MemoryText.receipt(try await assessments.contradict(id, with: request, as: arguments.caller))
        }
    }

    static func retract(_ assessments: any AssessmentService) -> MCPTool {
        MCPTool(
            name: "retract_memory",
            description: "Take back a memory that turned out wrong, with the reason. It stays readable, and searches "
                + "pass it over, until update_memory gives it a status.",
            input: ToolSchema(
                [
                    "id": ToolSchema.text(), "memory_id": ToolSchema.text("Same as id"),
                    "reason": ToolSchema.text("Why it does not hold"),
                    "kept": ToolSchema.text("The id of the memory that stands in its place"),
                    "version": ToolSchema.text("The version that you read"),
                ], required: ["reason"]),
            output: MemoryText.receiptSchema, hints: .removes
        ) { arguments in
            let id = try arguments.memoryID()
            let request = RetractMemory(
                reason: try arguments.required("reason"), kept: try arguments.optional("kept"),
                version: try arguments.optional("version"))
            try arguments.finish()
            try request.checkLimits()
            return MemoryText.receipt(try await assessments.retract(id, with: request, as: arguments.caller))
        }
    }

    static func reportUse(_ assessments: any AssessmentService) -> MCPTool {
        MCPTool(
            name: "report_use", description: "Say that a memory helped you: what is used stays at hand.",
            input: ToolSchema(["id": ToolSchema.text(), "memory_id": ToolSchema.text("Same as id")]),
            output: ["type": "object", "required": ["id", "uses"]], hints: .adds
        ) { arguments in
            let id = try arguments.memoryID()
            try arguments.finish()
            return MemoryText.lean(try await assessments.use(id, with: UseMemory(), as: arguments.caller).json)
        }
    }

    static func explain(_ beliefs: any BeliefService) -> MCPTool {
        MCPTool(
            name: "explain_belief",
            description: "How far a memory is to be believed, and everything that went into the number.",
            input: ToolSchema(["id": ToolSchema.text(), "memory_id": ToolSchema.text("Same as id")]),
            output: ["type": "object", "required": ["id", "confidence"]], hints: .reads
        ) { arguments in
            let id = try arguments.memoryID()
            try arguments.finish()
            return MemoryText.lean(try await beliefs.belief(id, as: arguments.caller).json)
        }
    }
}
