import HiveAPI

extension RESTInterface {
    static func accessRoutes(_ access: any AccessService) -> [Route] {
        [
            Route(
                method: "GET", template: "/api/v1/access",
                about: .init("listAccess", "Privileged acts and refusals, newest first.", .operator),
                input: .query(AccessQuery.self), output: .json(Page<AccessEntry>.self)
            ) { call in
                let query = try call.query(as: AccessQuery.self)
                try query.checkLimits()
                return .json(try await access.accessEntries(query, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/access/verification",
                about: .init("verifyAccess", "Whether the journal of access is as it was written.", .operator),
                input: .nothing, output: .json(AccessVerification.self)
            ) { call in .json(try await access.verifyAccess(as: call.caller).json) },
        ]
    }
}
