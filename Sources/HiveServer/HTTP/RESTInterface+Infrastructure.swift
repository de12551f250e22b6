import HiveAPI

extension RESTInterface {
    static func infrastructureRoutes(_ services: NodeServices) -> [Route] {
        let records = services.records
        return [
            Route(
                method: "POST", template: "/api/v1/infrastructure",
                about: .init("recordInfrastructure", "Record how a machine, or a component of one, is.", .agent),
                input: .body(RecordInfrastructure.self), output: .json(InfrastructureRecord.self)
            ) { call in
                let request = try call.body(as: RecordInfrastructure.self)
                try request.checkLimits()
                return .json(try await records.record(request, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/infrastructure",
                about: .init("listInfrastructure", "Newest states, the last recorded first.", .agent),
                input: .query(InfrastructureQuery.self), output: .json(Page<InfrastructureRecord>.self)
            ) { call in
                let query = try call.query(as: InfrastructureQuery.self)
                return .json(try await records.infrastructure(query, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/infrastructure/{machine}/{component}",
                about: .init("getInfrastructure", "The newest state of one thing.", .agent),
                input: .query(ScopeQuery.self), output: .json(InfrastructureRecord.self)
            ) { call in
                let scope = try call.query(as: ScopeQuery.self).scope
                let state = try await records.infrastructure(
                    of: call.id, call.parameters[1], scope: scope, as: call.caller)
                return .json(state.json, headers: [etag(state.version)])
            },
            Route(
                method: "GET", template: "/api/v1/infrastructure/{machine}/{component}/history",
                about: .init("infrastructureHistory", "What was ever seen of one thing, newest first.", .agent),
                input: .query(ScopeQuery.self), output: .json(Page<InfrastructureObservation>.self)
            ) { call in
                let scope = try call.query(as: ScopeQuery.self).scope
                let page = try await records.infrastructureHistory(
                    of: call.id, call.parameters[1], scope: scope, as: call.caller)
                return .json(page.json)
            },
        ]
    }
}

/// Which scope, where several know a thing.
struct ScopeQuery: JSONRecord {
    var scope: String?

    init(reading fields: inout FieldReader) throws { scope = try fields.optional("scope") }
    func write(to fields: inout FieldWriter) { fields.putIfPresent("scope", scope) }
}
