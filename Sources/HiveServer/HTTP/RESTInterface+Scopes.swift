import HiveAPI

extension RESTInterface {
    static func scopeRoutes(_ services: NodeServices) -> [Route] {
        let scopes = services.scopes
        return [
            Route(
                method: "GET", template: "/api/v1/scopes", about: .init("listScopes", "The scopes held here.", .agent),
                input: .nothing, output: .json(Page<ScopeSummary>.self)
            ) { call in .json(try await services.status.scopes(as: call.caller).json) },
            Route(
                method: "POST", template: "/api/v1/scopes",
                about: .init("createScope", "Found a scope that this node alone holds.", .operator),
                input: .body(CreateScope.self), output: .json(ScopeSummary.self, 201)
            ) { call in
                let scope = try await scopes.createScope(try call.body(as: CreateScope.self), as: call.caller)
                let location = (name: "Location", value: "/api/v1/scopes/\(scope.id)")
                return .json(scope.json, status: 201, headers: [location])
            },
            Route(
                method: "GET", template: "/api/v1/scopes/{scope}",
                about: .init("getScope", "One scope: who holds, reads, writes and stewards it.", .agent),
                input: .nothing, output: .json(ScopeSummary.self)
            ) { call in .json(try await scopes.scope(call.id, as: call.caller).json) },
            Route(
                method: "PUT", template: "/api/v1/scopes/{scope}/members/{node}",
                about: .init("grantScope", "Say what a node may do in a scope.", .operator),
                input: .body(GrantScope.self), output: .json(ScopeSummary.self)
            ) { call in
                let request = try call.body(as: GrantScope.self)
                return .json(
                    try await scopes.grant(call.id, to: call.parameters[1], request, as: call.caller).json)
            },
            Route(
                method: "DELETE", template: "/api/v1/scopes/{scope}/members/{node}",
                about: .init("revokeScope", "Take a node's part in a scope away.", .operator),
                input: .nothing, output: .json(ScopeSummary.self)
            ) { call in
                .json(try await scopes.revoke(call.id, from: call.parameters[1], as: call.caller).json)
            },
        ]
    }
}
