import HiveAPI

extension RESTInterface {
    static func forkRoutes(_ services: NodeServices) -> [Route] {
        let forks = services.forks
        return [
            Route(
                method: "GET", template: "/api/v1/forks",
                about: .init("listForks", "Logs with two histories, and what became of them.", .agent),
                input: .nothing, output: .json(Page<ForkReport>.self)
            ) { call in .json(try await forks.forks(as: call.caller).json) },
            Route(
                method: "GET", template: "/api/v1/forks/{id}", about: .init("getFork", "One fork.", .agent),
                input: .nothing, output: .json(ForkReport.self)
            ) { call in .json(try await forks.fork(call.id, as: call.caller).json) },
            Route(
                method: "POST", template: "/api/v1/forks/{id}/resolve",
                about: .init(
                    "resolveFork", "Issue anew what a forked log held, give it up, or revoke its key.", .operator),
                input: .body(ResolveFork.self), output: .json(ForkReport.self)
            ) { call in
                let request = try call.body(as: ResolveFork.self)
                return .json(try await forks.resolve(fork: call.id, with: request, as: call.caller).json)
            },
        ]
    }
}
