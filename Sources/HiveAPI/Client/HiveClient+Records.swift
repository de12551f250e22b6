extension HiveClient: InfrastructureService {
    public func record(_ request: RecordInfrastructure, as caller: Caller) async throws -> InfrastructureRecord {
        try request.checkLimits()
        return try await post("/api/v1/infrastructure", request.json, as: caller)
    }

    public func infrastructure(
        _ query: InfrastructureQuery, as caller: Caller
    ) async throws -> Page<InfrastructureRecord> {
        try await get("/api/v1/infrastructure", query: Self.parameters(query), as: caller)
    }

    public func infrastructure(
        of machine: String, _ component: String, scope: String?, as caller: Caller
    ) async throws -> InfrastructureRecord {
        let path = "/api/v1/infrastructure" + Self.path(machine, component)
        return try await get(path, query: Self.scope(scope), as: caller)
    }

    public func infrastructureHistory(
        of machine: String, _ component: String, scope: String?, as caller: Caller
    ) async throws -> Page<InfrastructureObservation> {
        let path = "/api/v1/infrastructure" + Self.path(machine, component, "history")
        return try await get(path, query: Self.scope(scope), as: caller)
    }

    private static func scope(_ scope: String?) -> [(name: String, value: String)] {
        scope.map { [(name: "scope", value: $0)] } ?? []
    }

    /// The fields of a query that say something, as the parameters of an address.
    fileprivate static func parameters(_ query: some JSONRecord) -> [(name: String, value: String)] {
        (query.json.object ?? [:]).sorted { $0.key < $1.key }.map {
            (name: $0.key, value: $0.value.string ?? $0.value.text)
        }
    }
}

extension HiveClient: IncidentService {
    public func openIncident(_ request: OpenIncident, as caller: Caller) async throws -> IncidentRecord {
        try request.checkLimits()
        return try await post("/api/v1/incidents", request.json, as: caller)
    }

    public func updateIncident(
        _ id: String, with request: UpdateIncident, as caller: Caller
    ) async throws -> IncidentRecord {
        try request.checkLimits()
        let answer = try await send("PATCH", "/api/v1/incidents" + Self.path(id), body: request.json, as: caller)
        return try IncidentRecord.lenient(answer)
    }

    public func linkIncident(_ id: String, with request: LinkIncident, as caller: Caller) async throws -> IncidentRecord
    {
        try await post("/api/v1/incidents" + Self.path(id, "links"), request.json, as: caller)
    }

    public func incident(_ id: String, as caller: Caller) async throws -> IncidentRecord {
        try await get("/api/v1/incidents" + Self.path(id), as: caller)
    }

    public func incidents(_ query: IncidentQuery, as caller: Caller) async throws -> Page<IncidentRecord> {
        try await get("/api/v1/incidents", query: Self.parameters(query), as: caller)
    }

    public func incidentSuggestions(_ id: String, as caller: Caller) async throws -> IncidentSuggestions {
        try await get("/api/v1/incidents" + Self.path(id, "suggestions"), as: caller)
    }
}

extension HiveClient: RunbookService {
    public func writeRunbook(_ request: WriteRunbook, as caller: Caller) async throws -> RunbookRecord {
        try request.checkLimits()
        return try await post("/api/v1/runbooks", request.json, as: caller)
    }

    public func updateRunbook(_ id: String, with request: WriteRunbook, as caller: Caller) async throws -> RunbookRecord
    {
        try request.checkLimits()
        let answer = try await send("PATCH", "/api/v1/runbooks" + Self.path(id), body: request.json, as: caller)
        return try RunbookRecord.lenient(answer)
    }

    public func runbook(_ id: String, as caller: Caller) async throws -> RunbookRecord {
        try await get("/api/v1/runbooks" + Self.path(id), as: caller)
    }

    public func runbooks(_ query: RunbookQuery, as caller: Caller) async throws -> Page<RunbookRecord> {
        try await get("/api/v1/runbooks", query: Self.parameters(query), as: caller)
    }

    public func recordRun(_ id: String, with request: RecordRun, as caller: Caller) async throws -> RunbookRecord {
        try request.checkLimits()
        return try await post("/api/v1/runbooks" + Self.path(id, "runs"), request.json, as: caller)
    }
}

extension HiveClient: StatisticsService {
    public func memoryStatistics(as caller: Caller) async throws -> MemoryStatistics {
        try await get("/api/v1/memories/stats", as: caller)
    }
}
