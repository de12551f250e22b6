import HiveAPI

extension RESTInterface {
    static func incidentRoutes(_ services: NodeServices) -> [Route] {
        let records = services.records
        return [
            Route(
                method: "POST", template: "/api/v1/incidents",
                about: .init("openIncident", "Say that something is wrong.", .agent),
                input: .body(OpenIncident.self, headers: ["Idempotency-Key"]),
                output: .json(IncidentRecord.self, 201)
            ) { call in
                var request = try call.body(as: OpenIncident.self)
                request.idempotencyKey = try call.idempotencyKey() ?? request.idempotencyKey
                try request.checkLimits()
                return answer(try await records.openIncident(request, as: call.caller), status: 201)
            },
            Route(
                method: "GET", template: "/api/v1/incidents",
                about: .init("listIncidents", "Search incidents, or list the last changed.", .agent),
                input: .query(IncidentQuery.self), output: .json(Page<IncidentRecord>.self)
            ) { call in
                let query = try call.query(as: IncidentQuery.self)
                return .json(try await records.incidents(query, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/incidents/{id}", about: .init("getIncident", "One incident.", .agent),
                input: .nothing, output: .json(IncidentRecord.self)
            ) { call in answer(try await records.incident(call.id, as: call.caller)) },
            Route(
                method: "PATCH", template: "/api/v1/incidents/{id}",
                about: .init("updateIncident", "Note what happened, change what is known, resolve.", .agent),
                input: .body(UpdateIncident.self, headers: ["If-Match"]), output: .json(IncidentRecord.self)
            ) { call in
                var request = try call.body(as: UpdateIncident.self)
                if let version = try call.ifMatch() {
                    request.version = version
                    request.requireCurrent = true
                }
                try request.checkLimits()
                return answer(try await records.updateIncident(call.id, with: request, as: call.caller))
            },
            Route(
                method: "POST", template: "/api/v1/incidents/{id}/links",
                about: .init("linkIncident", "Tie an incident to its cause, impact or resolution.", .agent),
                input: .body(LinkIncident.self), output: .json(IncidentRecord.self)
            ) { call in
                let request = try call.body(as: LinkIncident.self)
                return answer(try await records.linkIncident(call.id, with: request, as: call.caller))
            },
            Route(
                method: "GET", template: "/api/v1/incidents/{id}/suggestions",
                about: .init("suggestForIncident", "Similar incidents, and runbooks that helped.", .agent),
                input: .nothing, output: .json(IncidentSuggestions.self)
            ) { call in .json(try await records.incidentSuggestions(call.id, as: call.caller).json) },
        ]
    }

    private static func answer(_ incident: IncidentRecord, status: Int = 200) -> HTTPReply {
        let location = (name: "Location", value: "/api/v1/incidents/\(incident.id)")
        return .json(
            incident.json, status: status, headers: [etag(incident.version)] + (status == 201 ? [location] : []))
    }
}
