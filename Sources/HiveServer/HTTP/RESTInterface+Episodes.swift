import HiveAPI

extension RESTInterface {
    static func episodeRoutes(_ services: NodeServices) -> [Route] {
        let episodes = services.episodes
        return [
            Route(
                method: "POST", template: "/api/v1/episodes", about: .init("startEpisode", "Begin an episode.", .agent),
                input: .body(StartEpisode.self, headers: ["Idempotency-Key"]),
                output: .json(MemoryAnswer.self, 201, 200)
            ) { call in
                var request = try call.body(as: StartEpisode.self)
                request.idempotencyKey = try call.idempotencyKey() ?? request.idempotencyKey
                let answer = try await episodes.startEpisode(request, as: call.caller)
                return reply(answer, status: answer.created ? 201 : 200)
            },
            Route(
                method: "GET", template: "/api/v1/episodes",
                about: .init("listEpisodes", "Episodes by words, outcome and when they happened.", .agent),
                input: .query(EpisodeQuery.self), output: .json(Page<MemoryHit>.self)
            ) { call in
                let query = try call.query(as: EpisodeQuery.self)
                try query.memories.checkLimits()
                try Times.check(query.memories)
                return .json(try await episodes.episodes(query, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/episodes/{id}/similar",
                about: .init("similarEpisodes", "The episodes that are most like one.", .agent),
                input: .query(SimilarQuery.self), output: .json(Page<MemoryHit>.self)
            ) { call in
                let query = try call.query(as: SimilarQuery.self)
                return .json(try await episodes.episodes(similarTo: call.id, query, as: call.caller).json)
            },
        ] + episodeChanges(episodes)
    }

    private static func episodeChanges(_ episodes: any EpisodeService) -> [Route] {
        [
            Route(
                method: "POST", template: "/api/v1/episodes/{id}/events",
                about: .init("appendEvent", "Put down what happened in an episode.", .agent),
                input: .body(AppendEvent.self, headers: ["Idempotency-Key"]), output: .json(MemoryAnswer.self)
            ) { call in
                var request = try call.body(as: AppendEvent.self)
                request.idempotencyKey = try call.idempotencyKey() ?? request.idempotencyKey
                return reply(try await episodes.append(request, toEpisode: call.id, as: call.caller), status: 200)
            },
            Route(
                method: "POST", template: "/api/v1/episodes/{id}/end",
                about: .init("endEpisode", "End an episode with its outcome.", .agent),
                input: .body(EndEpisode.self), output: .json(MemoryAnswer.self)
            ) { call in
                let request = try call.body(as: EndEpisode.self)
                return reply(try await episodes.endEpisode(call.id, with: request, as: call.caller), status: 200)
            },
            Route(
                method: "POST", template: "/api/v1/episodes/{id}/reopen",
                about: .init("reopenEpisode", "Let an episode that has ended go on.", .agent),
                input: .body(ReopenEpisode.self), output: .json(MemoryAnswer.self)
            ) { call in
                let request = try call.body(as: ReopenEpisode.self)
                return reply(try await episodes.reopenEpisode(call.id, with: request, as: call.caller), status: 200)
            },
        ]
    }
}
