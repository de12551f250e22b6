import HiveAPI

extension RESTInterface {
    static func memoryRoutes(_ services: NodeServices) -> [Route] {
        let (memories, beliefs) = (services.memories, services.beliefs)
        return [
            Route(
                method: "POST", template: "/api/v1/memories",
                about: .init("storeMemory", "Remember something.", .agent),
                input: .body(StoreMemory.self, headers: ["Idempotency-Key"]),
                output: .json(MemoryAnswer.self, 201, 200)
            ) { call in
                var request = try call.body(as: StoreMemory.self)
                request.idempotencyKey = try call.idempotencyKey() ?? request.idempotencyKey
                try Times.check(request)
                try request.checkLimits()
                let answer = try await memories.store(request, as: call.caller)
                return reply(answer, status: answer.created ? 201 : 200)
            },
            Route(
                method: "GET", template: "/api/v1/memories",
                about: .init("searchMemories", "Search, or list the newest.", .agent),
                input: .query(MemoryQuery.self), output: .json(Page<MemoryHit>.self)
            ) { call in
                let query = try call.query(as: MemoryQuery.self)
                try query.checkLimits()
                try Times.check(query)
                return .json(try await memories.search(query, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/memories/{id}", about: .init("getMemory", "One memory.", .agent),
                input: .query(PastQuery.self), output: .json(Memory.self)
            ) { call in
                if let time = try call.query(as: PastQuery.self).at {
                    return .json(try await beliefs.memory(call.id, at: time, as: call.caller).json)
                }
                let memory = try await memories.memory(call.id, as: call.caller)
                return .json(memory.json, headers: [etag(memory.version)])
            },
        ] + [updateRoute(memories)] + removalRoutes(memories) + [
            Route(
                method: "GET", template: "/api/v1/memories/{id}/history",
                about: .init("memoryHistory", "What happened to a memory, oldest first.", .agent),
                input: .nothing, output: .json(Page<HistoryEntry>.self)
            ) { call in .json(try await memories.history(call.id, as: call.caller).json) }
        ]
    }

    private static func updateRoute(_ memories: any MemoryService) -> Route {
        Route(
            method: "PATCH", template: "/api/v1/memories/{id}",
            about: .init("updateMemory", "Change what is named; the rest stays.", .agent),
            input: .body(UpdateMemory.self, headers: ["If-Match"]), output: .json(MemoryAnswer.self)
        ) { call in
            var request = try call.body(as: UpdateMemory.self)
            if let version = try call.ifMatch() {
                request.version = version
                request.requireCurrent = true
            }
            try Times.check(request)
            try request.checkLimits()
            return reply(try await memories.update(call.id, with: request, as: call.caller), status: 200)
        }
    }

    private static func removalRoutes(_ memories: any MemoryService) -> [Route] {
        [
            Route(
                method: "DELETE", template: "/api/v1/memories/{id}",
                about: .init("forgetMemory", "Forget: hidden until a later write brings it back.", .agent),
                input: .query(ForgetQuery.self, headers: ["If-Match"]), output: .json(RemovalAnswer.self)
            ) { call in
                let query = try call.query(as: ForgetQuery.self)
                let match = try call.ifMatch()
                let request = RemoveMemory(
                    mode: .forget, agent: query.agent, version: match ?? query.version,
                    requireCurrent: match != nil || query.requireCurrent)
                return .json(try await memories.remove(call.id, request, as: call.caller).json)
            },
            Route(
                method: "POST", template: "/api/v1/memories/{id}/erase",
                about: .init("eraseMemory", "Erase: ends the memory everywhere, for good.", .operator),
                input: .body(EraseMemory.self, headers: ["If-Match"]), output: .json(RemovalAnswer.self)
            ) { call in
                let body = try call.body(as: EraseMemory.self)
                let match = try call.ifMatch()
                let request = RemoveMemory(
                    mode: .erase, now: body.now, agent: body.agent, version: match ?? body.version,
                    requireCurrent: match != nil || body.requireCurrent)
                return .json(try await memories.remove(call.id, request, as: call.caller).json)
            },
        ]
    }

    static func reply(_ answer: MemoryAnswer, status: Int) -> HTTPReply {
        let location = (name: "Location", value: "/api/v1/memories/\(answer.memory.id)")
        return .json(
            answer.json, status: status, headers: [etag(answer.memory.version)] + (status == 201 ? [location] : []))
    }

    static func etag(_ version: String) -> (name: String, value: String) { ("ETag", "\"\(version)\"") }
}
