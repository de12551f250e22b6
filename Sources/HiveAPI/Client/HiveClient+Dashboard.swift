extension HiveClient {
    /// A link into the dashboard that works once, with what this client's token is allowed.
    public func dashboardLink(as caller: Caller) async throws -> DashboardLink {
        try await post("/api/v1/dashboard/links", as: caller)
    }
}
