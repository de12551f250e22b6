import HiveAPI

extension RESTInterface {
    /// Must come before the routes of single memories, whose ids `stats` looks like.
    static func statisticsRoutes(_ services: NodeServices) -> [Route] {
        [
            Route(
                method: "GET", template: "/api/v1/memories/stats",
                about: .init("memoryStatistics", "Counts over all memories.", .agent),
                input: .nothing, output: .json(MemoryStatistics.self)
            ) { call in .json(try await services.statistics.memoryStatistics(as: call.caller).json) }
        ]
    }
}
