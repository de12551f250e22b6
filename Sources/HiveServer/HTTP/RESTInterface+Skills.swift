import HiveAPI

extension RESTInterface {
    static func skillRoutes(_ services: NodeServices) -> [Route] {
        let skills = services.skills
        return [
            Route(
                method: "POST", template: "/api/v1/skills",
                about: .init("addSkill", "Keep how a thing is done.", .agent),
                input: .body(AddSkill.self, headers: ["Idempotency-Key"]), output: .json(MemoryAnswer.self, 201, 200)
            ) { call in
                var request = try call.body(as: AddSkill.self)
                request.idempotencyKey = try call.idempotencyKey() ?? request.idempotencyKey
                let answer = try await skills.addSkill(request, as: call.caller)
                return reply(answer, status: answer.created ? 201 : 200)
            },
            Route(
                method: "GET", template: "/api/v1/skills",
                about: .init("listSkills", "Skills; with `q` those whose trigger fits best.", .agent),
                input: .query(SkillQuery.self), output: .json(Page<MemoryHit>.self)
            ) { call in
                let query = try call.query(as: SkillQuery.self)
                try query.memories.checkLimits()
                return .json(try await skills.skills(query, as: call.caller).json)
            },
            Route(
                method: "POST", template: "/api/v1/skills/propose",
                about: .init("proposeSkills", "Skills that similar successful episodes suggest.", .agent),
                input: .body(ProposeSkills.self), output: .json(SkillProposals.self)
            ) { call in
                let request = try call.body(as: ProposeSkills.self)
                return .json(try await skills.proposeSkills(request, as: call.caller).json)
            },
            Route(
                method: "POST", template: "/api/v1/skills/{id}/refinements",
                about: .init("refineSkill", "Keep what was learnt about a skill.", .agent),
                input: .body(RefineSkill.self), output: .json(MemoryAnswer.self)
            ) { call in
                let request = try call.body(as: RefineSkill.self)
                return reply(try await skills.refineSkill(call.id, with: request, as: call.caller), status: 200)
            },
            Route(
                method: "POST", template: "/api/v1/skills/{id}/uses",
                about: .init("useSkill", "Say how a use of a skill went.", .agent),
                input: .body(UseSkill.self, headers: ["Idempotency-Key"]), output: .json(MemoryAnswer.self)
            ) { call in
                var request = try call.body(as: UseSkill.self)
                request.idempotencyKey = try call.idempotencyKey() ?? request.idempotencyKey
                return reply(try await skills.useSkill(call.id, request, as: call.caller), status: 200)
            },
        ]
    }
}
