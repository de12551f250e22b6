import HiveAPI

extension MCPTool {
    static func skills(_ services: NodeServices) -> [MCPTool] {
        let skills = services.skills
        return [addSkill(skills), findSkills(skills), refineSkill(skills), useSkill(skills), proposeSkills(skills)]
    }

    private static func addSkill(_ skills: any SkillService) -> MCPTool {
        MCPTool(
            name: "add_skill",
            description: "Keep how a thing is done, so that others need not find out: when it applies, and the steps.",
            input: ToolSchema(
                [
                    "title": ToolSchema.text("What it does, in one line"),
                    "trigger": ToolSchema.text("When it is of use, as somebody in that situation would say it"),
                    "steps": ToolSchema.texts("In order"), "scope": ToolSchema.scope, "category": ToolSchema.text(),
                    "context": ToolSchema.text(), "tags": ToolSchema.texts(), "confidence": ToolSchema.number("0 to 1"),
                ], required: ["title", "trigger", "steps"]),
            output: MemoryText.receiptSchema, hints: .adds
        ) { arguments in
            var request = AddSkill(
                title: try arguments.required("title"), trigger: try arguments.required("trigger"),
                steps: try arguments.required("steps"))
            request.scope = try arguments.optional("scope")
            request.category = try arguments.optional("category")
            request.context = try arguments.optional("context")
            request.tags = try arguments.value("tags", default: [])
            request.confidence = try arguments.optional("confidence")
            try arguments.finish()
            return MemoryText.receipt(try await skills.addSkill(request, as: arguments.caller))
        }
    }

    private static func findSkills(_ skills: any SkillService) -> MCPTool {
        MCPTool(
            name: "find_skills",
            description: "How to do something, as others have done it: skills whose trigger fits the situation, with "
                + "how often they worked.",
            input: ToolSchema(
                [
                    "query": ToolSchema.text("The situation"), "limit": ToolSchema.whole("1 to 100, default 5"),
                    "category": ToolSchema.text(), "scope": ToolSchema.scope, "tags": ToolSchema.texts("All of these"),
                ], required: ["query"]),
            output: MemoryText.pageSchema, hints: .reads
        ) { arguments in
            var query = SkillQuery(q: try arguments.required("query"), limit: try arguments.limit(default: 5))
            query.category = try arguments.optional("category")
            query.scope = try arguments.optional("scope")
            query.tag = try arguments.value("tags", default: [])
            try arguments.finish()
            return MemoryText.page(try await skills.skills(query, as: arguments.caller))
        }
    }

    private static func refineSkill(_ skills: any SkillService) -> MCPTool {
        MCPTool(
            name: "refine_skill",
            description: "Keep what was learnt about a skill, and the better steps if there are any. Give the version "
                + "that you read: steps that somebody else put in since are kept beside yours.",
            input: ToolSchema(
                [
                    "id": ToolSchema.text("The skill's id"), "memory_id": ToolSchema.text("Same as id"),
                    "why": ToolSchema.text("What was learnt, and how"),
                    "steps": ToolSchema.texts("All steps, in order; left out, they stay"),
                    "trigger": ToolSchema.text("Left out, it stays"),
                    "version": ToolSchema.text("The version that you read"),
                ], required: ["why"]),
            output: MemoryText.receiptSchema, hints: .adds
        ) { arguments in
            let id = try arguments.memoryID()
            var request = RefineSkill(why: try arguments.required("why"))
            request.steps = try arguments.optional("steps")
            request.trigger = try arguments.optional("trigger")
            request.version = try arguments.optional("version")
            try arguments.finish()
            return MemoryText.receipt(try await skills.refineSkill(id, with: request, as: arguments.caller))
        }
    }

    private static func useSkill(_ skills: any SkillService) -> MCPTool {
        MCPTool(
            name: "record_skill_use",
            description: "Say how a use of a skill went, so that others know how far to trust it.",
            input: ToolSchema(
                [
                    "id": ToolSchema.text("The skill's id"), "memory_id": ToolSchema.text("Same as id"),
                    "result": ["type": "string", "enum": ["success", "failure"]],
                    "note": ToolSchema.text("What there is to say about it"),
                ], required: ["result"]),
            output: MemoryText.receiptSchema, hints: .adds
        ) { arguments in
            let id = try arguments.memoryID()
            var request = UseSkill(result: try arguments.required("result"))
            request.note = try arguments.optional("note")
            try arguments.finish()
            return MemoryText.receipt(try await skills.useSkill(id, request, as: arguments.caller))
        }
    }

    private static func proposeSkills(_ skills: any SkillService) -> MCPTool {
        MCPTool(
            name: "propose_skills",
            description: "Make skills of what similar successful episodes have in common. They are hypothetical until "
                + "somebody has used them. Each is written once.",
            input: ToolSchema([
                "dry_run": ToolSchema.flag("Only show them"), "scope": ToolSchema.scope,
                "episodes": ToolSchema.whole("How many similar episodes it takes, 3 or more"),
            ]),
            output: [
                "type": "object", "required": ["items"],
                "properties": [
                    "items": ["type": "array", "items": ["type": "object", "required": ["id", "steps", "episodes"]]]
                ],
            ], hints: .adds
        ) { arguments in
            var request = ProposeSkills()
            request.dryRun = try arguments.value("dry_run", default: false)
            request.scope = try arguments.optional("scope")
            request.episodes = try arguments.value("episodes", default: 3)
            try arguments.finish()
            return try await skills.proposeSkills(request, as: arguments.caller).json
        }
    }
}
