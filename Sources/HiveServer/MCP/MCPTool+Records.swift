import HiveAPI

extension MCPTool {
    static func records(_ records: any RecordService) -> [MCPTool] {
        [trackState(records), recordIncident(records), updateIncident(records), generateRunbook(records)]
    }

    private static func trackState(_ records: any RecordService) -> MCPTool {
        MCPTool(
            name: "track_infrastructure_state",
            description:
                "Record how a machine or a component of one is now. The newest state replaces the last one, the "
                + "history stays. Answers with since when the status is what it is.",
            input: ToolSchema(
                [
                    "machine_id": ToolSchema.text("The machine's name, e.g. web-3"),
                    "state_data": ToolSchema.object("What was measured, by name; `status` in it counts as the status"),
                    "state_type": ToolSchema.text("service_status, resource_usage, configuration or health_check"),
                    "component": ToolSchema.text("E.g. nginx; default: the state_type, so that types stay apart"),
                    "status": ["type": "string", "enum": ["ok", "degraded", "down", "unknown"]],
                    "note": ToolSchema.text(), "tags": ToolSchema.texts(), "scope": ToolSchema.scope,
                ], required: ["machine_id", "state_data", "state_type"]),
            output: stateSchema, hints: .changes
        ) { arguments in
            let type: String = try arguments.required("state_type")
            let request = RecordInfrastructure(
                machine: try arguments.required("machine_id"),
                component: try arguments.optional("component") ?? type, status: try arguments.optional("status"),
                type: type, values: try arguments.required("state_data"), note: try arguments.optional("note"),
                tags: try arguments.value("tags", default: []), scope: try arguments.optional("scope"))
            try arguments.finish()
            try request.checkLimits()
            return MemoryText.lean(try await records.record(request, as: arguments.caller).json)
        }
    }

    private static let stateSchema: JSONValue = [
        "type": "object", "required": ["id", "machine", "component", "status", "changedAt"],
        "properties": [
            "id": ["type": "string"], "machine": ["type": "string"], "component": ["type": "string"],
            "status": ["type": "string"], "changedAt": ["type": "string"], "previousStatus": ["type": "string"],
            "contested": ["type": "boolean"],
        ],
    ]

    private static func recordIncident(_ records: any RecordService) -> MCPTool {
        MCPTool(
            name: "record_incident",
            description:
                "Record that something is, or was, wrong. With a resolution it is over, and the answer says what "
                + "helped in similar cases. Go on with update_incident.",
            input: ToolSchema(
                [
                    "title": ToolSchema.text("One line"), "description": ToolSchema.text("What is wrong, who is hurt"),
                    "severity": ToolSchema.text("critical, high, medium or low; or sev1 to sev4"),
                    "affected_systems": ToolSchema.texts(), "resolution": ToolSchema.text("What ended it"),
                    "lessons_learned": ToolSchema.text(), "tags": ToolSchema.texts(), "scope": ToolSchema.scope,
                    "detected_at": ToolSchema.text("RFC 3339; default: now"),
                ], required: ["title", "description", "severity"]),
            output: incidentSchema, hints: .adds
        ) { arguments in
            var request = OpenIncident(
                title: try arguments.required("title"), severity: try arguments.required("severity"))
            let description: String = try arguments.required("description")
            request.summary = description.isEmpty ? nil : description
            request.systems = try arguments.value("affected_systems", default: [])
            request.resolution = try arguments.optional("resolution")
            request.lessons = try arguments.optional("lessons_learned")
            request.tags = try arguments.value("tags", default: [])
            request.scope = try arguments.optional("scope")
            request.detectedAt = try arguments.optional("detected_at")
            try arguments.finish()
            try request.checkLimits()
            var incident = try await records.openIncident(request, as: arguments.caller)
            incident.suggestions = try await records.incidentSuggestions(incident.id, as: arguments.caller)
            return MemoryText.lean(incident.json)
        }
    }

    private static func updateIncident(_ records: any RecordService) -> MCPTool {
        MCPTool(
            name: "update_incident",
            description: "Note on an incident's timeline what happened or was done, change its severity or status, or "
                + "resolve it. What is left out stays.",
            input: ToolSchema(
                [
                    "id": ToolSchema.text("The incident"), "note": ToolSchema.text("What happened"),
                    "status": [
                        "type": "string", "enum": ["investigating", "mitigated", "resolved"],
                        "description": "investigating also opens a resolved one again",
                    ],
                    "severity": ToolSchema.text(), "resolution": ToolSchema.text("What ended it: resolves it"),
                    "lessons_learned": ToolSchema.text(), "affected_systems": ToolSchema.texts("To be added"),
                    "version": ToolSchema.text("The version that you read"),
                ], required: ["id"]),
            output: incidentSchema, hints: .adds
        ) { arguments in
            let id: String = try arguments.required("id")
            var request = UpdateIncident(note: try arguments.optional("note"))
            request.status = try arguments.optional("status")
            request.severity = try arguments.optional("severity")
            request.resolution = try arguments.optional("resolution")
            request.lessons = try arguments.optional("lessons_learned")
            request.addSystems = try arguments.value("affected_systems", default: [])
            request.version = try arguments.optional("version")
            try arguments.finish()
            try request.checkLimits()
            let incident = try await records.updateIncident(id, with: request, as: arguments.caller)
            return MemoryText.lean(incident.json)
        }
    }

    private static let incidentSchema: JSONValue = [
        "type": "object", "required": ["id", "severity", "status", "version"],
        "properties": [
            "id": ["type": "string"], "title": ["type": "string"], "severity": ["type": "string"],
            "status": ["type": "string"], "version": ["type": "string"], "durationSeconds": ["type": "integer"],
            "timeline": ["type": "array"], "suggestions": ["type": "object"],
        ],
    ]

    private static func generateRunbook(_ records: any RecordService) -> MCPTool {
        MCPTool(
            name: "generate_runbook",
            description:
                "Keep how something is done as a runbook, and get it as Markdown: from a title, a procedure and "
                + "a system, or drafted from an incident or another memory (`source`).",
            input: ToolSchema([
                "title": ToolSchema.text("One line"),
                "procedure": ToolSchema.text("The steps, one on each line; a line that begins with `$ ` is a command"),
                "system": ToolSchema.text("What it is about"), "prerequisites": ToolSchema.texts(),
                "expected_outcome": ToolSchema.text(), "trigger": ToolSchema.text("When it is to be followed"),
                "owner": ToolSchema.text(), "source": ToolSchema.text("An incident's or another memory's id"),
                "tags": ToolSchema.texts(), "scope": ToolSchema.scope,
            ]),
            output: [
                "type": "object", "required": ["id", "title", "markdown", "version"],
                "properties": [
                    "id": ["type": "string"], "title": ["type": "string"], "markdown": ["type": "string"],
                    "steps": ["type": "array"], "version": ["type": "string"],
                ],
            ], hints: .adds
        ) { arguments in
            var request = WriteRunbook(title: try arguments.optional("title"))
            request.procedure = try arguments.optional("procedure")
            request.systems = try (arguments.optional("system") as String?).map { [$0] }
            request.preconditions = try prerequisites(arguments.optional("prerequisites"))
            request.expectedOutcome = try arguments.optional("expected_outcome")
            request.trigger = try arguments.optional("trigger")
            request.owner = try arguments.optional("owner")
            request.source = try arguments.optional("source")
            request.tags = try arguments.value("tags", default: [])
            request.scope = try arguments.optional("scope")
            try arguments.finish()
            try request.checkLimits()
            let runbook = try await records.writeRunbook(request, as: arguments.caller)
            return MemoryText.lean(runbook.json)
        }
    }

    /// A list, or one text.
    private static func prerequisites(_ value: JSONValue?) throws -> [String]? {
        guard let value else { return nil }
        if let text = value.string { return [text] }
        return try [String](json: JSONSource(value, path: "prerequisites", isStrict: true))
    }
}
