import HiveAPI

extension RESTInterface {
    static func statusRoutes(_ services: NodeServices, _ metrics: HTTPMetrics, _ readiness: Readiness) -> [Route] {
        healthRoutes(services, metrics, readiness) + nodeRoutes(services.status)
    }

    private static func healthRoutes(
        _ services: NodeServices, _ metrics: HTTPMetrics, _ readiness: Readiness
    ) -> [Route] {
        let status = services.status
        return [
            Route(
                method: "GET", template: "/health", about: .init("health", "Whether the node can do its work.", .open),
                input: .nothing, output: .json(Health.self, 200, 503)
            ) { _ in
                let health = readiness.applied(to: await status.health())
                return .json(health.json, status: health.status == .failing ? 503 : 200)
            },
            Route(
                method: "GET", template: "/health/ready",
                about: .init("ready", "Whether it takes requests now.", .open),
                input: .nothing, output: .json(Health.self, 200, 503)
            ) { _ in
                let health = readiness.applied(to: await status.health())
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
                method: "POST", template: "/api/v1/verify",
                about: .init("verify", "Check every log, checkpoint and projection.", .operator),
                input: .body(Switch.Rebuild.self), output: .json(VerifyReport.self)
            ) { call in
                let rebuild = try call.body(as: Switch.Rebuild.self).rebuild
                return .json(try await status.verify(rebuild: rebuild, as: call.caller).json)
            },
        ]
    }

    static func openAPIRoute(_ document: String) -> Route {
        Route(
            method: "GET", template: "/openapi.json", about: .init("openAPI", "This interface, described.", .open),
            input: .nothing, output: .text("application/json")
        ) { _ in .text(document, type: "application/json") }
    }
}
