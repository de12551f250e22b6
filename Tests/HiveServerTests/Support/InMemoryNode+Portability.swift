import HiveAPI

extension InMemoryNode: PortabilityService {
    /// Stores each line that is a memory.
    func importMemories(_ batch: ImportBatch, as caller: Caller) async throws -> ImportAnswer {
        note("import", caller)
        var answer = ImportAnswer()
        for line in batch.lines {
            do {
                let memory = try PortableMemory.line(line.memory)
                if !batch.dryRun {
                    _ = try await store(StoreMemory(content: memory.content ?? "", scope: batch.scope), as: caller)
                }
                answer.created += 1
            } catch { answer.fail(line.number, HiveError.wrapping(error)) }
        }
        return answer
    }

    /// One piece for each memory.
    func exportMemories(_ query: ExportQuery, as caller: Caller) async throws -> MemoryExport {
        note("export", caller)
        let memories = withState { state in state.records.values.map(\.memory).sorted { $0.id < $1.id } }
            .filter { query.filters.category == nil || $0.category == query.filters.category }
        return MemoryExport(
            total: memories.count,
            pieces: AsyncThrowingStream { continuation in
                for memory in memories { continuation.yield(memory.json.bytes + [0x0A]) }
                continuation.finish()
            })
    }
}

extension InMemoryNode: BackupService {
    private static let backup = Backup(
        id: "b1", createdAt: time(1), keptUntil: time(9), path: "/backups/b1", bytes: 3)

    func backUp(_ request: MakeBackup, as caller: Caller) async throws -> Backup {
        note("backUp", caller)
        var backup = Self.backup
        backup.path = request.path ?? backup.path
        return backup
    }

    func backups(as caller: Caller) async throws -> Page<Backup> {
        note("backups", caller)
        return Page(items: [Self.backup])
    }

    func backupKey(_ id: String, as caller: Caller) async throws -> BackupKey {
        note("backupKey", caller)
        return BackupKey(id: id, key: "key of \(id)")
    }
}

extension InMemoryNode: MirrorService {
    func mirrors(as caller: Caller) async throws -> MirrorReport {
        note("mirrors", caller)
        return MirrorReport(peers: [MirrorPeer(node: "n1", copies: 2, connected: true)])
    }

    func fetchBackup(_ id: String, _ request: FetchBackup, as caller: Caller) async throws -> FetchedBackup {
        note("fetchBackup", caller)
        return FetchedBackup(
            id: id, createdAt: Self.time(1), path: request.path ?? "/backups/\(id)", bytes: 3,
            from: request.from ?? "n1")
    }
}
