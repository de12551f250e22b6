/// Counting what is remembered.
public protocol StatisticsService: Sendable {
    func memoryStatistics(as caller: Caller) async throws -> MemoryStatistics
}
