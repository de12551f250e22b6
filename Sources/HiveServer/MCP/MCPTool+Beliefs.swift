import HiveAPI

extension MCPTool {
    static func beliefs(_ services: NodeServices) -> [MCPTool] {
        [
            storeBelief(services.memories), verify(services.assessments), contradict(services.assessments),
            retract(services.assessments), reportUse(services.assessments), explain(services.beliefs),
            list(services.beliefs),
        ]
    }

    private static func storeBelief(_ memories: any MemoryService) -> MCPTool {
        MCPTool(
            name: "store_belief",
            description: "Remember a fact as subject, relation and object, so that whoever says otherwise is noticed. "
                + "Say how you know it. `contradicts` in the answer names beliefs that say something else.",
            input: ToolSchema(
                [
                    "subject": ToolSchema.text("What it is about, e.g. web-3"),
                    "relation": ToolSchema.text("Which property, e.g. runs_version"),
                    "object": ToolSchema.text("Its value"),
                    "single_valued": ToolSchema.flag("Whether there can be one value only; default false"),
                    "content": ToolSchema.text("The fact in a sentence; default: the three words"),
                    "status": ToolSchema.text(
                        "observed, computed, reported, inferred, consensus, hearsay or hypothetical"),
                    "confidence": ToolSchema.number("0 to 1"), "source": ToolSchema.text("Where you have it from"),
                    "category": ToolSchema.text(), "scope": ToolSchema.scope,
                    "expires_in": ToolSchema.text("E.g. 90s, 5m, 24h, 7d"),
                ], required: ["subject", "relation", "object"]),
            output: MemoryText.receiptSchema, hints: .adds
        ) { arguments in
            let triple: [String] = [
                try arguments.required("subject"), try arguments.required("relation"),
                try arguments.required("object"),
            ]
            var request = StoreMemory(
                content: try arguments.value("content", default: triple.joined(separator: " ")), subject: triple[0],
                relation: triple[1], object: triple[2])
            request.singleValued = try arguments.optional("single_valued")
            request.status = try arguments.optional("status")
            request.confidence = try arguments.optional("confidence")
            request.source = try arguments.optional("source")
            request.category = try arguments.optional("category")
            request.scope = try arguments.optional("scope")
            request.expiresIn = try arguments.seconds("expires_in")
            try arguments.finish()
            try request.checkLimits()
            return MemoryText.receipt(try await memories.store(request, as: arguments.caller))
        }
    }

    private static func list(_ beliefs: any BeliefService) -> MCPTool {
        MCPTool(
            name: "list_beliefs",
            description: "What is believed about a subject, now or at a time, the last changed first.",
            input: ToolSchema([
                "subject": ToolSchema.text(), "relation": ToolSchema.text(),
                "at": ToolSchema.text("RFC 3339: as it was then"), "scope": ToolSchema.scope,
                "retracted": ToolSchema.flag("Also what was taken back"),
                "limit": ToolSchema.whole("1 to 100, default 20"), "cursor": ToolSchema.text(),
            ]),
            output: MemoryText.pageSchema, hints: .reads
        ) { arguments in
            var query = BeliefQuery(limit: try arguments.limit(default: 20))
            query.subject = try arguments.optional("subject")
            query.relation = try arguments.optional("relation")
            query.at = try arguments.optional("at")
            query.scope = try arguments.optional("scope")
            query.retracted = try arguments.value("retracted", default: false)
            query.cursor = try arguments.optional("cursor")
            try arguments.finish()
            let page = try await beliefs.beliefs(query, as: arguments.caller)
            return [
                "items": .array(page.items.map { MemoryText.lean($0.json) }),
                "next": page.next.map(JSONValue.string) ?? .null,
            ]
        }
    }
}
