import HiveAPI

extension RESTInterface {
    static func conflictRoutes(_ services: NodeServices) -> [Route] {
        let conflicts = services.conflicts
        return [
            Route(
                method: "GET", template: "/api/v1/conflicts",
                about: .init("listConflicts", "Fields where concurrent writes disagree.", .agent),
                input: .query(ConflictQuery.self), output: .json(Page<Conflict>.self)
            ) { call in
                let query = try call.query(as: ConflictQuery.self)
                try query.checkLimits()
                return .json(try await conflicts.conflicts(query, as: call.caller).json)
            },
            Route(
                method: "POST", template: "/api/v1/conflicts/resolve",
                about: .init("resolveConflicts", "Settle all conflicts that a condition is true of.", .agent),
                input: .body(ResolveConflicts.self), output: .json(ConflictOutcomes.self)
            ) { call in
                let request = try call.body(as: ResolveConflicts.self)
                try request.checkLimits()
                return .json(try await conflicts.resolve(request, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/conflicts/{id}", about: .init("getConflict", "One conflict.", .agent),
                input: .nothing, output: .json(Conflict.self)
            ) { call in .json(try await conflicts.conflict(call.id, as: call.caller).json) },
            Route(
                method: "POST", template: "/api/v1/conflicts/{id}/resolve",
                about: .init("resolveConflict", "Settle a conflict: take one value or give another.", .agent),
                input: .body(ResolveConflict.self), output: .json(MemoryAnswer.self)
            ) { call in
                let request = try call.body(as: ResolveConflict.self)
                guard (request.take == nil) != (request.value == nil) else {
                    throw HiveError(.invalidInput, "give exactly one of `take` and `value`")
                }
                return reply(try await conflicts.resolve(call.id, with: request, as: call.caller), status: 200)
            },
        ]
    }
}
