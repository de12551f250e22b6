import HiveAPI

extension RESTInterface {
    static func workingRoutes(_ services: NodeServices) -> [Route] {
        [contextRoute(services.working)] + workingSetRoutes(services.working)
    }

    private static func contextRoute(_ working: any WorkingMemoryService) -> Route {
        Route(
            method: "GET", template: "/api/v1/context",
            about: .init("getContext", "One text within a budget of tokens, from working set and search.", .agent),
            input: .query(ContextQuery.self), output: .json(ContextAnswer.self)
        ) { call in
            let query = try call.query(as: ContextQuery.self)
            try query.checkLimits()
            return .json(try await working.context(query, as: call.caller).json)
        }
    }

    private static func workingSetRoutes(_ working: any WorkingMemoryService) -> [Route] {
        [
            Route(
                method: "GET", template: "/api/v1/working",
                about: .init("getWorkingSet", "What an agent has in mind, the most attended first.", .agent),
                input: .query(WorkingQuery.self), output: .json(WorkingSetAnswer.self)
            ) { call in
                let query = try call.query(as: WorkingQuery.self)
                try query.checkLimits()
                return .json(try await working.workingSet(query, as: call.caller).json)
            },
            Route(
                method: "DELETE", template: "/api/v1/working",
                about: .init("clearWorkingSet", "Take everything out of a working set.", .agent),
                input: .query(WorkingQuery.self), output: .json(WorkingSetAnswer.self)
            ) { call in
                let query = try call.query(as: WorkingQuery.self)
                try query.checkLimits()
                return .json(try await working.clear(query, as: call.caller).json)
            },
            Route(
                method: "POST", template: "/api/v1/working/attend",
                about: .init("attendMemory", "Look at a memory: it comes into the working set.", .agent),
                input: .body(AttendMemory.self), output: .json(WorkingSetAnswer.self)
            ) { call in
                let request = try call.body(as: AttendMemory.self)
                try request.checkLimits()
                return .json(try await working.attend(request, as: call.caller).json)
            },
            Route(
                method: "POST", template: "/api/v1/working/refresh",
                about: .init("refreshWorkingSet", "Renew the attention of all that is in a working set.", .agent),
                input: .body(RefreshWorking.self), output: .json(WorkingSetAnswer.self)
            ) { call in
                let request = try call.body(as: RefreshWorking.self)
                try request.checkLimits()
                return .json(try await working.refresh(request, as: call.caller).json)
            },
            Route(
                method: "POST", template: "/api/v1/working/evict",
                about: .init("evictMemory", "Take a memory out of a working set.", .agent),
                input: .body(EvictMemory.self), output: .json(WorkingSetAnswer.self)
            ) { call in
                let request = try call.body(as: EvictMemory.self)
                try request.checkLimits()
                return .json(try await working.evict(request, as: call.caller).json)
            },
        ]
    }
}
