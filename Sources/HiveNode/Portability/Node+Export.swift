public import HiveAPI
import HiveCore

extension Node: PortabilityService {
    public func exportMemories(_ query: ExportQuery, as caller: Caller) async throws -> MemoryExport {
        try await naming {
            try query.filters.checkLimits()
            guard query.filters.believed == nil else {
                throw HiveError(
                    .invalidInput, "an export holds what authors stated, not how far this node believes it",
                    hint: "filter by `confidence`")
            }
            let filter = try kernel.consult { replica, transaction in
                var filter = try self.indexQuery(query.filters, lookup: try ScopeLookup(&replica, transaction))
                // What was put away or taken back is taken along too.
                filter.excluded = []
                return filter
            }
            let cursor = try ExportCursor(kernel: kernel, filter: filter)
            return MemoryExport(
                total: cursor.total,
                pieces: AsyncThrowingStream { () async throws -> [UInt8]? in
                    do { return try cursor.next() } catch { throw HiveError(error) }
                })
        }
    }
}
