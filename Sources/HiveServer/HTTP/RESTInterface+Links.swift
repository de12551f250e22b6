import HiveAPI

extension RESTInterface {
    static func linkRoutes(_ services: NodeServices) -> [Route] {
        let links = services.links
        return [
            Route(
                method: "POST", template: "/api/v1/memories/{id}/links",
                about: .init("linkMemory", "Link a memory to another one.", .agent),
                input: .body(LinkMemory.self, headers: ["If-Match"]), output: .json(MemoryAnswer.self)
            ) { call in
                var request = try call.body(as: LinkMemory.self)
                try take(try call.ifMatch(), into: &request)
                return reply(try await links.link(call.id, with: request, as: call.caller), status: 200)
            },
            Route(
                method: "DELETE", template: "/api/v1/memories/{id}/links",
                about: .init("unlinkMemory", "Take a link away.", .agent),
                input: .query(LinkMemory.self, headers: ["If-Match"]), output: .json(MemoryAnswer.self)
            ) { call in
                var request = try call.query(as: LinkMemory.self)
                try take(try call.ifMatch(), into: &request)
                return reply(try await links.unlink(call.id, with: request, as: call.caller), status: 200)
            },
            Route(
                method: "GET", template: "/api/v1/memories/{id}/neighbours",
                about: .init("getNeighbours", "What a memory is linked with, in both directions.", .agent),
                input: .query(NeighbourQuery.self), output: .json(Neighbourhood.self)
            ) { call in
                let query = try call.query(as: NeighbourQuery.self)
                try query.checkLimits()
                return .json(try await links.neighbours(call.id, query, as: call.caller).json)
            },
        ]
    }

    private static func take(_ match: String?, into request: inout LinkMemory) throws {
        if let match {
            request.version = match
            request.requireCurrent = true
        }
        try request.checkLimits()
    }
}
