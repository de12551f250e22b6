import HiveAPI

extension RESTInterface {
    static func tokenRoutes(_ tokens: any TokenService) -> [Route] {
        [
            Route(
                method: "POST", template: "/api/v1/tokens",
                about: .init("createToken", "Make a token; this answer alone shows it.", .operator),
                input: .body(CreateToken.self), output: .json(IssuedToken.self, 201)
            ) { call in
                let request = try call.body(as: CreateToken.self)
                try request.checkLimits()
                return .json(try await tokens.createToken(request, as: call.caller).json, status: 201)
            },
            Route(
                method: "GET", template: "/api/v1/tokens",
                about: .init("listTokens", "The tokens that were given out, newest first.", .operator),
                input: .nothing, output: .json(Page<AccessToken>.self)
            ) { call in .json(try await tokens.tokens(as: call.caller).json) },
            Route(
                method: "DELETE", template: "/api/v1/tokens/{id}",
                about: .init("revokeToken", "Nothing is done for whoever shows it from now on.", .operator),
                input: .nothing, output: .json(AccessToken.self)
            ) { call in .json(try await tokens.revokeToken(call.id, as: call.caller).json) },
        ]
    }
}
