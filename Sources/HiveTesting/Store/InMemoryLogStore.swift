import HiveCore

/// Logs in memory.
struct InMemoryLogStore: LogStore {
    let transaction: InMemoryTransaction

    func rows(_ selection: LogSelection) throws -> [LogRow] {
        let rows = transaction.state.rows.values.sorted { $0.id < $1.id }
        return switch selection {
        case .all: rows
        case .scope(let scope): rows.filter { $0.descriptor.scope == scope }
        case .log(let log): rows.filter { $0.id == log }
        }
    }

    func save(_ row: LogRow) throws {
        try transaction.mutate { state in
            state.rows[row.id] = row
            if row.frozenAt != nil {
                state.operations[row.id]?.removeAll { $0.dot.number > row.size }
                state.checkpoints[row.id]?.removeAll { $0.size > row.size }
            }
            guard let checkpoint = row.checkpoint else { return }
            let kept = state.checkpoints[row.id]?.last?.size ?? 0
            if checkpoint.size >= kept + 1024 { state.checkpoints[row.id, default: []].append(checkpoint) }
        }
    }

    func append(_ operations: [Operation]) throws {
        guard let first = operations.first else { return }
        guard transaction.state.rows[first.dot.log] != nil else {
            throw StoreError(.misuse, "log \(first.dot.log.short) has no row yet")
        }
        var head = UInt64(transaction.state.operations[first.dot.log]?.count ?? 0)
        for operation in operations {
            guard operation.dot.log == first.dot.log, operation.dot.number == head + 1 else {
                throw StoreError(.misuse, "operation \(operation.dot) does not continue its log, which ends at \(head)")
            }
            head += 1
        }
        try transaction.mutate { $0.operations[first.dot.log, default: []] += operations }
    }

    func operations(_ query: OperationQuery) throws -> [Operation] {
        switch query {
        case .range(let log, let first, let last):
            let all = transaction.state.operations[log] ?? []
            return all.filter { first <= $0.dot.number && $0.dot.number <= last }
        case .document(let address):
            let logs = transaction.state.rows.values.filter { $0.descriptor.scope == address.scope }.map(\.id).sorted()
            return logs.flatMap { log in
                (transaction.state.operations[log] ?? []).filter { $0.header.document == address.document }
            }
        }
    }

    func checkpoint(of log: LogID, atLeast size: UInt64) throws -> Checkpoint? {
        let kept = transaction.state.checkpoints[log]?.first { $0.size >= size }
        guard let newest = transaction.state.rows[log]?.checkpoint, newest.size >= size else { return kept }
        return kept ?? newest
    }

    func dropBodies(of address: DocumentAddress) throws {
        try dropBodies(of: try operations(.document(address)).map(\.dot))
    }

    func dropBodies(of dots: some Collection<Dot>) throws {
        let dots = Set(dots)
        try transaction.mutate { state in
            for log in Set(dots.map(\.log)) {
                state.operations[log] = state.operations[log]?.map { operation in
                    guard dots.contains(operation.dot) else { return operation }
                    return Operation(header: operation.header, headerBytes: operation.headerBytes, body: nil)
                }
            }
        }
    }
}
