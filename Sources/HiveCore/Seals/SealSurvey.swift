/// Reads what a seal seals, or is to seal: from the first operation of every log on, in batches.
struct SealSurvey {
    let transaction: any StoreTransaction
    /// The law that the seal names.
    let law: Authority
    private let rows: [LogID: LogRow]

    init(of scope: ScopeID, law: Authority, in transaction: any StoreTransaction) throws {
        self.transaction = transaction
        self.law = law
        rows = Dictionary(uniqueKeysWithValues: try transaction.logs.rows(.scope(scope)).map { ($0.id, $0) })
    }

    func row(_ log: LogID) -> LogRow? { rows[log] }

    /// Calls with every operation of a log up to a number, until the call answers with false.
    func walk(_ log: LogID, through last: UInt64, _ visit: (Operation) throws -> Bool) throws {
        var first: UInt64 = 1
        while first <= last {
            let batch = try transaction.logs.operations(.range(log, from: first, through: min(last, first + 1023)))
            for operation in batch where try !visit(operation) { return }
            guard !batch.isEmpty else { return }
            first += 1024
        }
    }

    /// The root of a log at each of these sizes, as far as the log is here.
    func roots(of log: LogID, at sizes: Set<UInt64>) throws -> [UInt64: Digest] {
        var roots: [UInt64: Digest] = [:]
        if let row = rows[log], sizes.contains(row.size) { roots[row.size] = row.frontier.root }
        let inside = sizes.filter { $0 > 0 && $0 < rows[log]?.size ?? 0 }
        var frontier = MerkleFrontier()
        try walk(log, through: inside.max() ?? 0) { operation in
            frontier.append(leaf: operation.leaf)
            if inside.contains(frontier.size) { roots[frontier.size] = frontier.root }
            return true
        }
        return roots
    }

    /// The longest beginnings of these logs that bear no later stamp, and of which nothing saw what lies outside:
    /// an operation is sealed with all that it saw.
    func closed(_ sizes: [LogID: UInt64], until time: Int64) throws -> [LogID: UInt64] {
        var sizes = sizes
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for (log, size) in sizes.sorted(by: { $0.key < $1.key }) {
                var end: UInt64 = 0
                try walk(log, through: size) { operation in
                    guard isClosed(operation.header, within: sizes, until: time) else { return false }
                    end = operation.dot.number
                    return true
                }
                guard end < size else { continue }
                sizes[log] = end
                hasChanged = true
            }
        }
        return sizes.filter { $0.value > 0 }
    }

    func isClosed(_ header: OperationHeader, within sizes: [LogID: UInt64], until time: Int64) -> Bool {
        guard Int64(clamping: header.stamp.milliseconds) <= time else { return false }
        return header.context.entries.allSatisfy { seen in
            if seen.number <= sizes[seen.log] ?? 0 { return true }
            guard let row = rows[seen.log] else { return false }
            return !law.honours(seen, of: row.descriptor, kind: header.kind)
        }
    }

    /// The hash of who stands on every document outside the law: in order of the documents, by `Standing.add`.
    func standing(of sizes: [LogID: UInt64]) throws -> Digest {
        var documents: Set<DocumentID> = []
        for (log, size) in sizes where rows[log]?.descriptor.stream != .law {
            try walk(log, through: size) { operation in
                documents.insert(operation.header.document)
                return true
            }
        }
        var hasher = Digest.Hasher()
        for document in documents.sorted() {
            let address = DocumentAddress(scope: law.founding.scope, document: document)
            let headers = try transaction.logs.operations(.document(address)).map(\.header).filter { header in
                guard let row = rows[header.dot.log], row.descriptor.stream != .law else { return false }
                return header.dot.number <= sizes[header.dot.log] ?? 0
                    && law.honours(header.dot, of: row.descriptor, kind: header.kind)
            }
            Standing.add(document, headers, to: &hasher)
        }
        return hasher.finalize()
    }
}
