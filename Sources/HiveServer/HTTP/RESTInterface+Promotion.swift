import HiveAPI

extension RESTInterface {
    static func promotionRoutes(_ services: NodeServices) -> [Route] {
        let promotions = services.promotions
        return [
            Route(
                method: "POST", template: "/api/v1/memories/{id}/promote",
                about: .init("promoteMemory", "Copy a memory into a wider scope, or renew its copy there.", .agent),
                input: .body(PromoteMemory.self), output: .json(PromotionAnswer.self, 201, 200)
            ) { call in
                let request = try call.body(as: PromoteMemory.self)
                let answer = try await promotions.promote(call.id, request, as: call.caller)
                let location = (name: "Location", value: "/api/v1/memories/\(answer.memory.id)")
                return .json(
                    answer.json, status: answer.created ? 201 : 200,
                    headers: [etag(answer.memory.version)] + (answer.created ? [location] : []))
            }
        ]
    }
}
