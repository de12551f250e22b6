/// What agents' clients ask before and after they do something.
public protocol HookService: Sendable {
    /// The answer to an event in the client's own contract; nil where there is nothing to say. Throws for an event that
    /// makes no sense: whoever asked must then not go on as if it had been allowed.
    func answer(_ event: JSONValue, from client: String, as caller: Caller) async throws -> JSONValue?
    /// How often each effect was answered, by client: for metrics.
    var samples: [MetricSample] { get }
}
