import HiveAPI

extension RESTInterface {
    static func lifecycleRoutes(_ lifecycle: any LifecycleService) -> [Route] {
        decisionRoutes(lifecycle) + [
            Route(
                method: "GET", template: "/api/v1/duplicates",
                about: .init("listDuplicates", "Near duplicates, most alike first.", .agent),
                input: .query(DuplicateQuery.self), output: .json(Page<DuplicateProposal>.self)
            ) { call in
                let query = try call.query(as: DuplicateQuery.self)
                try query.checkLimits()
                return .json(try await lifecycle.duplicates(query, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/lifecycle",
                about: .init("lifecycle", "What the node does with memories each night.", .agent),
                input: .nothing, output: .json(LifecycleStatus.self)
            ) { call in .json(try await lifecycle.lifecycle(as: call.caller).json) },
            Route(
                method: "POST", template: "/api/v1/consolidation",
                about: .init("consolidate", "Do now what is done each night, or say what would be done.", .operator),
                input: .body(Consolidate.self), output: .json(ConsolidationReport.self)
            ) { call in
                let request = try call.body(as: Consolidate.self)
                return .json(try await lifecycle.consolidate(request, as: call.caller).json)
            },
        ]
    }

    private static func decisionRoutes(_ lifecycle: any LifecycleService) -> [Route] {
        [
            Route(
                method: "POST", template: "/api/v1/memories/{id}/lifecycle",
                about: .init(
                    "markMemory", "Archive a memory, pin it, make it core knowledge; or the contrary.", .agent),
                input: .body(MarkMemory.self), output: .json(MemoryAnswer.self)
            ) { call in
                let request = try call.body(as: MarkMemory.self)
                try request.checkLimits()
                return reply(try await lifecycle.mark(call.id, request, as: call.caller), status: 200)
            },
            Route(
                method: "POST", template: "/api/v1/memories/{id}/merge",
                about: .init("mergeMemories", "Fold others into this memory; they are forgotten.", .agent),
                input: .body(MergeMemories.self), output: .json(MemoryAnswer.self)
            ) { call in
                let request = try call.body(as: MergeMemories.self)
                try request.checkLimits()
                return reply(try await lifecycle.merge(call.id, request, as: call.caller), status: 200)
            },
        ]
    }
}
