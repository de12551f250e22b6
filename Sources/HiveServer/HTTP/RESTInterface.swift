import HiveAPI

/// The REST interface as a function from requests to answers. Opens no socket.
struct RESTInterface: Sendable {
    /// The largest body that is read: content of 1 MiB escaped in JSON fits.
    static let largestBody = 2 << 20

    let services: NodeServices
    let gate: RequestGate
    let metrics: HTTPMetrics
    let table: RouteTable

    init(services: NodeServices, gate: RequestGate, metrics: HTTPMetrics) {
        self.services = services
        self.gate = gate
        self.metrics = metrics
        let described =
            Self.statisticsRoutes(services) + Self.memoryRoutes(services) + Self.beliefRoutes(services)
            + Self.portabilityRoutes(services) + Self.backupRoutes(services) + Self.conflictRoutes(services)
            + Self.peerRoutes(services) + Self.ruleRoutes(services) + Self.keyRoutes(services)
            + Self.statusRoutes(services, metrics) + Self.episodeRoutes(services) + Self.skillRoutes(services)
            + Self.promotionRoutes(services) + Self.workingRoutes(services) + Self.linkRoutes(services)
            + Self.lifecycleRoutes(services.lifecycle) + Self.infrastructureRoutes(services)
            + Self.incidentRoutes(services) + Self.runbookRoutes(services) + Self.dashboardRoutes()
            + Self.hookRoutes(services.hooks) + Self.commandRoutes(services.commands)
        let document = OpenAPIDocument.text(described + [Self.openAPIRoute("")])
        table = RouteTable(routes: described + [Self.openAPIRoute(document)])
    }

    /// Always answers; errors become problem details. Names the route for logs and metrics.
    func answer(_ call: HTTPCall) async -> (reply: HTTPReply, operation: String) {
        var operation = "none"
        do {
            try gate.checkSource(call)
            switch table.match(method: call.method, path: try call.pathParts()) {
            case .none:
                throw HiveError(
                    .notFound, "there is nothing at `\(call.path)`", hint: "GET /openapi.json lists all there is")
            case .otherMethods(let methods):
                let error = HiveError(
                    .methodNotAllowed, "`\(call.path)` does not take \(call.method)",
                    hint: "it takes \(methods.joined(separator: ", "))")
                return (.problem(error, headers: [("Allow", methods.joined(separator: ", "))]), operation)
            case .route(let route, let parameters):
                operation = route.about.operation
                var reply = try await route.handle(try read(call, route, parameters))
                if call.method == "HEAD" { (reply.body, reply.stream) = ([], nil) }
                return (reply, operation)
            }
        } catch {
            return (.problem(HiveError.wrapping(error)), operation)
        }
    }

    private func read(_ call: HTTPCall, _ route: Route, _ parameters: [String]) throws -> RouteCall {
        let caller: Caller =
            switch route.about.access {
            case .open: .agent
            case .needs(let role): try gate.caller(call, needing: role)
            }
        return RouteCall(
            caller: caller, parameters: parameters,
            query: try QueryShape.object(try call.queryParts(), shape: route.input.query),
            body: try body(call, route), http: call)
    }

    private func body(_ call: HTTPCall, _ route: Route) throws -> JSONValue {
        guard call.body.count <= Self.largestBody else {
            throw HiveError(.tooLarge, "the body has more than \(Self.largestBody) bytes")
        }
        guard !call.body.isEmpty else { return [:] }
        guard route.input.body != nil || route.input.takesAnyBody else {
            throw HiveError(.invalidInput, "`\(route.method) \(route.template)` takes no body")
        }
        let type = call.header("content-type") ?? ""
        guard type.prefix(while: { $0 != ";" }).lowercased().filter({ $0 != " " }) == "application/json" else {
            throw HiveError(
                .unsupportedMediaType, "the body must be `application/json`, not `\(type)`",
                hint: "send `Content-Type: application/json`")
        }
        return try JSONValue(parsing: call.body)
    }
}
