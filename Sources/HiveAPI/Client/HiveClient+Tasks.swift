extension HiveClient: TaskService {
    public func delegate(_ request: DelegateTask, as caller: Caller) async throws -> TaskRecord {
        try request.checkLimits()
        return try await post("/api/v1/tasks", request.json, as: caller)
    }

    public func task(_ id: String, as caller: Caller) async throws -> TaskRecord {
        try await get("/api/v1/tasks" + Self.path(id), as: caller)
    }

    public func tasks(_ query: TaskQuery, as caller: Caller) async throws -> Page<TaskRecord> {
        let parameters = (query.json.object ?? [:]).sorted { $0.key < $1.key }.map {
            (name: $0.key, value: $0.value.string ?? $0.value.text)
        }
        return try await get("/api/v1/tasks", query: parameters, as: caller)
    }

    public func cancelTask(_ id: String, with request: CancelTask, as caller: Caller) async throws -> TaskRecord {
        try await act("cancel", id, request, as: caller)
    }

    public func adoptTask(_ id: String, as caller: Caller) async throws -> TaskRecord {
        try TaskRecord.lenient(try await send("POST", "/api/v1/tasks" + Self.path(id, "adopt"), as: caller))
    }

    public func claimTask(_ id: String, with request: ClaimTask, as caller: Caller) async throws -> ClaimAnswer {
        try await act("claim", id, request, as: caller)
    }

    public func reportProgress(
        _ id: String, with request: ReportProgress, as caller: Caller
    ) async throws -> TaskRecord { try await act("progress", id, request, as: caller) }

    public func completeTask(_ id: String, with request: CompleteTask, as caller: Caller) async throws -> TaskRecord {
        try await act("complete", id, request, as: caller)
    }

    public func failTask(_ id: String, with request: FailTask, as caller: Caller) async throws -> TaskRecord {
        try await act("fail", id, request, as: caller)
    }

    private func act<Answer: JSONRecord>(
        _ verb: String, _ id: String, _ request: some JSONRecord, as caller: Caller
    ) async throws -> Answer {
        try await post("/api/v1/tasks" + Self.path(id, verb), request.json, as: caller)
    }
}
