import HiveAPI

/// The REST interface as a function from requests to answers. Opens no socket.
struct RESTInterface: Sendable {
    /// The largest body that is read: content of 1 MiB escaped in JSON fits.
    static let largestBody = 2 << 20

    let services: NodeServices
    let gate: RequestGate
    let metrics: HTTPMetrics
    let table: RouteTable
    let answers = RepeatedAnswers()

    init(services: NodeServices, gate: RequestGate, metrics: HTTPMetrics, readiness: Readiness = Readiness()) {
        self.services = services
        self.gate = gate
        self.metrics = metrics
        let described =
            Self.statisticsRoutes(services) + Self.memoryRoutes(services) + Self.beliefRoutes(services)
            + Self.portabilityRoutes(services) + Self.backupRoutes(services) + Self.conflictRoutes(services)
            + Self.forkRoutes(services)
            + Self.peerRoutes(services) + Self.ruleRoutes(services) + Self.keyRoutes(services)
            + Self.tokenRoutes(services.tokens) + Self.accessRoutes(services.access)
            + Self.statusRoutes(services, metrics, readiness) + Self.episodeRoutes(services)
            + Self.skillRoutes(services)
            + Self.promotionRoutes(services) + Self.workingRoutes(services) + Self.linkRoutes(services)
            + Self.lifecycleRoutes(services.lifecycle) + Self.infrastructureRoutes(services)
            + Self.incidentRoutes(services) + Self.runbookRoutes(services)
            + Self.decisionLogRoutes(services) + Self.dashboardRoutes(gate.sessions)
            + Self.taskRoutes(services.tasks) + Self.taskWorkRoutes(services.tasks)
            + Self.agentRoutes(services) + Self.messageRoutes(services)
            + Self.scopeRoutes(services) + Self.eventRoutes(services.events)
            + Self.hookRoutes(services.hooks) + Self.commandRoutes(services.commands)
        let complete = described.map { $0.paged.repeated(by: services) }
        let document = OpenAPIDocument.text(complete + [Self.openAPIRoute("")])
        table = RouteTable(routes: complete + [Self.openAPIRoute(document)])
    }

    /// Operations that only operators may ask for and that change something.
    var privileged: Set<String> {
        Set(table.routes.filter { $0.about.access == .operator && $0.method != "GET" }.map(\.about.operation))
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
                let reply = try await answers.answer(try read(call, route, parameters), by: route)
                return (route.isWrite ? reply : EntityTags.settle(reply, for: call), operation)
            }
        } catch {
            return (.problem(HiveError.wrapping(error)), operation)
        }
    }

    private func read(_ call: HTTPCall, _ route: Route, _ parameters: [String]) throws -> RouteCall {
        let caller: Caller =
            switch route.about.access {
            case .open: .agent
            case .needs(let role): try gate.caller(call, needing: role, for: route.about.operation)
            }
        if route.isWrite, !route.input.headers.contains("If-Match"), call.header("if-match") != nil {
            throw HiveError(
                .invalidInput, "`\(route.method) \(route.template)` takes no `If-Match`",
                hint: "the condition would not be looked at, so nothing was done")
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
        guard Self.isJSON(type) else {
            throw HiveError(
                .unsupportedMediaType, "the body must be `application/json` in UTF-8, not `\(type)`",
                hint: "send `Content-Type: application/json`")
        }
        return try JSONValue(parsing: call.body)
    }

    /// Whether a type is that of JSON; JSON is UTF-8, so no other charset may be named.
    private static func isJSON(_ type: String) -> Bool {
        let parts = type.lowercased().filter { $0 != " " && $0 != "\t" && $0 != "\"" }.split(separator: ";")
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy { !$0.hasPrefix("charset=") || $0 == "charset=utf-8" }
    }
}
