import HiveAPI

extension RESTInterface {
    static func statusRoutes(_ services: NodeServices, _ metrics: HTTPMetrics) -> [Route] {
        healthRoutes(services, metrics) + nodeRoutes(services.status) + [eventsRoute]
    }

    private static func healthRoutes(_ services: NodeServices, _ metrics: HTTPMetrics) -> [Route] {
        let status = services.status
        return [
            Route(
                method: "GET", template: "/health", about: .init("health", "Whether the node can do its work.", .open),
                input: .nothing, output: .json(Health.self, 200, 503)
            ) { _ in
                let health = await status.health()
                return .json(health.json, status: health.status == .failing ? 503 : 200)
            },
            Route(
                method: "GET", template: "/health/ready",
                about: .init("ready", "Whether it takes requests now.", .open),
                input: .nothing, output: .json(Health.self, 200, 503)
            ) { _ in
                let health = await status.health()
                return .json(health.json, status: health.ready ? 200 : 503)
            },
            Route(
                method: "GET", template: "/metrics", about: .init("metrics", "Numbers for Prometheus.", .agent),
                input: .nothing, output: .text(PrometheusText.contentType)
            ) { _ in
                let samples = await status.metrics() + metrics.samples + (services.hooks?.samples ?? [])
                return .text(PrometheusText.render(samples), type: PrometheusText.contentType)
            },
        ]
    }

    private static func nodeRoutes(_ status: any StatusService) -> [Route] {
        [
            Route(
                method: "GET", template: "/api/status", about: .init("status", "The node in one page.", .agent),
                input: .nothing, output: .json(NodeStatus.self)
            ) { call in .json(try await status.status(as: call.caller).json) },
            Route(
                method: "GET", template: "/api/v1/scopes", about: .init("listScopes", "The scopes held here.", .agent),
                input: .nothing, output: .json(Page<ScopeSummary>.self)
            ) { call in .json(try await status.scopes(as: call.caller).json) },
            Route(
                method: "POST", template: "/api/v1/verify",
                about: .init("verify", "Check every log, checkpoint and projection.", .operator),
                input: .body(Switch.Rebuild.self), output: .json(VerifyReport.self)
            ) { call in
                let rebuild = try call.body(as: Switch.Rebuild.self).rebuild
                return .json(try await status.verify(rebuild: rebuild, as: call.caller).json)
            },
        ]
    }

    private static var eventsRoute: Route {
        Route(
            method: "GET", template: "/ws/{machine_id}",
            about: .init("events", "A WebSocket with the node's events as JSON text.", .agent),
            input: .query(EventsQuery.self),
            output: Route.Output(statuses: [], type: "", body: nil, emptyStatuses: [101])
        ) { _ in
            // A proper handshake never gets here: the listener takes it before.
            .problem(
                HiveError(.upgradeRequired, "this address speaks WebSocket, version 13", hint: "send a handshake"),
                headers: [("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Version", "13")])
        }
    }

    static func openAPIRoute(_ document: String) -> Route {
        Route(
            method: "GET", template: "/openapi.json", about: .init("openAPI", "This interface, described.", .open),
            input: .nothing, output: .text("application/json")
        ) { _ in .text(document, type: "application/json") }
    }
}
