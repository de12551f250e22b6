/// Taking memories along.
public protocol PortabilityService: Sendable {
    /// Writes lines of a file. A line that came before changes nothing; one that is wrong is named in the answer.
    func importMemories(_ batch: ImportBatch, as caller: Caller) async throws -> ImportAnswer
    func exportMemories(_ query: ExportQuery, as caller: Caller) async throws -> MemoryExport
}
