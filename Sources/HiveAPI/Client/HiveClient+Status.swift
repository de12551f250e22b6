extension HiveClient: StatusService {
    public func status(as caller: Caller) async throws -> NodeStatus {
        try await get("/api/status", as: caller)
    }

    /// A node that cannot be asked is failing, with the reason why.
    public func health() async -> Health {
        let exchange = HTTPExchange(
            method: "GET", url: location.api + "/health", headers: [], body: nil, timeoutSeconds: timeoutSeconds,
            certificates: location.certificates)
        do {
            return try Health.lenient(try JSONValue(parsing: try await exchange.run().body))
        } catch {
            return Health(status: .failing, reasons: [HiveError.wrapping(error).message], ready: false)
        }
    }

    public func scopes(as caller: Caller) async throws -> Page<ScopeSummary> {
        try await get("/api/v1/scopes", as: caller)
    }

    public func verify(rebuild: Bool, as caller: Caller) async throws -> VerifyReport {
        try await post("/api/v1/verify", ["rebuild": .bool(rebuild)], as: caller)
    }

    /// Empty: over HTTP, metrics are text for Prometheus.
    public func metrics() async -> [MetricSample] { [] }
}
