extension HiveClient: PortabilityService {
    public func importMemories(_ batch: ImportBatch, as caller: Caller) async throws -> ImportAnswer {
        try await post("/api/v1/import", batch.json, as: caller)
    }

    public func exportMemories(_ query: ExportQuery, as caller: Caller) async throws -> MemoryExport {
        let own = ["q", "limit", "cursor", "semantic", "explain"]
        let parameters = query.filters.parameters.filter { !own.contains($0.name) }
        let answer = try await stream("GET", "/api/v1/export", query: parameters, as: caller)
        return MemoryExport(total: answer.header("hive-total").flatMap { Int($0) } ?? 0, pieces: answer.body)
    }
}
