import HiveAPI

extension MCPTool {
    static func operations(_ services: NodeServices) -> [MCPTool] {
        [listConflicts(services.conflicts), resolveConflict(services.conflicts), syncStatus(services.peers)]
    }

    private static func listConflicts(_ conflicts: any ConflictService) -> MCPTool {
        MCPTool(
            name: "list_conflicts",
            description: "Memories where concurrent writes disagree: each with the values that stand side by side.",
            input: ToolSchema([
                "kind": ToolSchema.text("value, belief, episodic or skill"), "scope": ToolSchema.text("Of the memory"),
                "category": ToolSchema.text("Of the memory"),
                "since": ToolSchema.text("RFC 3339: those that began then or later"),
                "escalated": ToolSchema.flag("Those that wait for a person, or those that do not"),
                "limit": ToolSchema.whole("How many, 1 to 1000"),
                "cursor": ToolSchema.text("next of an earlier answer"),
            ]), output: listSchema, hints: .reads
        ) { arguments in
            var query = ConflictQuery(
                kind: try arguments.optional("kind"), scope: try arguments.optional("scope"),
                limit: try arguments.optional("limit"))
            query.category = try arguments.optional("category")
            query.since = try arguments.optional("since")
            query.escalated = try arguments.optional("escalated")
            query.cursor = try arguments.optional("cursor")
            try arguments.finish()
            try query.checkLimits()
            return try await conflicts.conflicts(query, as: arguments.caller).json
        }
    }

    private static func resolveConflict(_ conflicts: any ConflictService) -> MCPTool {
        MCPTool(
            name: "resolve_conflict",
            description: "Settle a conflict for everybody: take one of its values, or give a better one. Without "
                + "either, the person at the client is asked.",
            input: ToolSchema(
                [
                    "id": ToolSchema.text("The conflict's id"),
                    "take": ToolSchema.text(
                        "local, remote, newest, highest-confidence, priority, authority, merge, custom, the dot of a value, "
                            + "or the id of a belief"),
                    "value": ["description": "A value of your own, instead of take"],
                    "version": ToolSchema.text("The version that you read"),
                ], required: ["id"]),
            output: MemoryText.receiptSchema, hints: .changes
        ) { arguments in
            let id: String = try arguments.required("id")
            var request = ResolveConflict(
                take: try arguments.optional("take"), value: try arguments.optional("value"),
                version: try arguments.optional("version"))
            try arguments.finish()
            guard request.take == nil || request.value == nil else {
                throw HiveError(.invalidInput, "give one of `take` and `value`, not both")
            }
            if request.take == nil, request.value == nil {
                let conflict = try await conflicts.conflict(id, as: arguments.caller)
                request.take = try choice(of: conflict, arguments.exchange)
            }
            return MemoryText.receipt(try await conflicts.resolve(id, with: request, as: arguments.caller))
        }
    }

    /// The value that a person chooses. Throws `invalid_input` with all of them where nobody can be asked, and
    /// `conflict_remains` where the person does not choose.
    private static func choice(of conflict: Conflict, _ exchange: MCPExchange) throws -> String {
        let names = conflict.siblings.map { sibling in
            (take: sibling.memory ?? sibling.dot, title: "\(sibling.value.text) (\(author(sibling)), \(sibling.at))")
        }
        guard exchange.canAsk(.elicitation) else {
            let list = names.map { "`\($0.take)`: \($0.title)" }.joined(separator: "; ")
            throw HiveError(
                .invalidInput, "give exactly one of `take` and `value`", hint: "`take` may be one of \(list)")
        }
        let form = MCPQuestion.form(
            "Concurrent writes disagree about the \(conflict.field) of the memory \(conflict.memory). Which holds?",
            [
                "take": [
                    "type": "string", "title": "Value", "enum": .array(names.map { .string($0.take) }),
                    "enumNames": .array(names.map { .string($0.title) }),
                ]
            ], required: ["take"])
        let given = MCPFormAnswer(try exchange.ask("take", form)).content?["take"]?.string
        guard let given, names.contains(where: { $0.take == given }) else {
            throw HiveError(
                .conflictRemains, "nobody chose a value, so the conflict stays",
                hint: "call it again, or give `take` or `value`")
        }
        return given
    }

    private static func author(_ sibling: ConflictSibling) -> String {
        sibling.author.agent ?? sibling.author.node
    }

    private static func syncStatus(_ peers: any PeerService) -> MCPTool {
        MCPTool(
            name: "get_sync_status", description: "How far this node and the other nodes of the fleet are apart.",
            input: ToolSchema([:]), output: ["type": "object", "required": ["peers"]], hints: .reads
        ) { arguments in
            try arguments.finish()
            return try await peers.syncStatus(as: arguments.caller).json
        }
    }
}
