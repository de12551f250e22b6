extension HiveClient: PromotionService {
    public func promote(_ id: String, _ request: PromoteMemory, as caller: Caller) async throws -> PromotionAnswer {
        try await post("/api/v1/memories" + Self.path(id, "promote"), request.json, as: caller)
    }
}
