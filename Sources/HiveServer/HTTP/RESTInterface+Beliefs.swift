import HiveAPI

extension RESTInterface {
    static func beliefRoutes(_ services: NodeServices) -> [Route] {
        assessmentRoutes(services.assessments) + [
            Route(
                method: "GET", template: "/api/v1/memories/{id}/belief",
                about: .init("getBelief", "How far a memory is believed, and why.", .agent), input: .nothing,
                output: .json(BeliefReport.self)
            ) { call in .json(try await services.beliefs.belief(call.id, as: call.caller).json) },
            Route(
                method: "GET", template: "/api/v1/beliefs",
                about: .init("listBeliefs", "Beliefs by subject and relation, now or at a time.", .agent),
                input: .query(BeliefQuery.self), output: .json(Page<Memory>.self)
            ) { call in
                let query = try call.query(as: BeliefQuery.self)
                try query.checkLimits()
                return .json(try await services.beliefs.beliefs(query, as: call.caller).json)
            },
        ]
    }

    private static func assessmentRoutes(_ assessments: any AssessmentService) -> [Route] {
        [
            Route(
                method: "POST", template: "/api/v1/memories/{id}/verify",
                about: .init("verifyMemory", "Say that a memory holds.", .agent),
                input: .body(AssessMemory.self), output: .json(MemoryAnswer.self)
            ) { call in
                let request = try call.body(as: AssessMemory.self)
                try request.checkVerification()
                return reply(try await assessments.verify(call.id, with: request, as: call.caller), status: 200)
            },
            Route(
                method: "POST", template: "/api/v1/memories/{id}/contradict",
                about: .init("contradictMemory", "Say that a memory does not hold, and why.", .agent),
                input: .body(AssessMemory.self), output: .json(MemoryAnswer.self)
            ) { call in
                let request = try call.body(as: AssessMemory.self)
                try request.checkContradiction()
                return reply(try await assessments.contradict(call.id, with: request, as: call.caller), status: 200)
            },
            Route(
                method: "POST", template: "/api/v1/memories/{id}/retract",
                about: .init("retractMemory", "Take a memory back; an update with a status reverses it.", .agent),
                input: .body(RetractMemory.self, headers: ["If-Match"]), output: .json(MemoryAnswer.self)
            ) { call in
                var request = try call.body(as: RetractMemory.self)
                if let version = try call.ifMatch() {
                    request.version = version
                    request.requireCurrent = true
                }
                try request.checkLimits()
                return reply(try await assessments.retract(call.id, with: request, as: call.caller), status: 200)
            },
            Route(
                method: "POST", template: "/api/v1/memories/{id}/use",
                about: .init("useMemory", "Count that a memory was of use here.", .agent),
                input: .body(UseMemory.self), output: .json(UseReport.self)
            ) { call in
                let request = try call.body(as: UseMemory.self)
                try request.checkLimits()
                return .json(try await assessments.use(call.id, with: request, as: call.caller).json)
            },
        ]
    }
}
