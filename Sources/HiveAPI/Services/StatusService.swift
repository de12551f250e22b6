/// The node itself.
public protocol StatusService: Sendable {
    func status(as caller: Caller) async throws -> NodeStatus
    func health() async -> Health
    func scopes(as caller: Caller) async throws -> Page<ScopeSummary>
    func verify(rebuild: Bool, as caller: Caller) async throws -> VerifyReport
    func metrics() async -> [MetricSample]
}
