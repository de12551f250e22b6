/// Checks every log from its first operation: that numbers, hashes, bodies, checkpoints and signatures fit.
public struct LogAudit: Sendable {
    public private(set) var logs = 0
    public private(set) var operations: UInt64 = 0
    public private(set) var checkpoints = 0
    /// One sentence for each thing that does not fit.
    public private(set) var problems: [String] = []
    /// The laws by which bodies may be missing; nil for a scope whose founding is not known.
    private var laws: [ScopeID: Authority?] = [:]

    /// Runs the audit over everything in a store.
    public init(_ transaction: any StoreTransaction, verifier: any Verifying) throws {
        for row in try transaction.logs.rows(.all) { try audit(row, transaction, verifier: verifier) }
    }

    private mutating func audit(
        _ row: LogRow, _ transaction: any StoreTransaction, verifier: any Verifying
    ) throws {
        logs += 1
        var frontier = MerkleFrontier()
        var names = LogNames()
        var first: UInt64 = 1
        while first <= row.size {
            let last = min(row.size, first + 1023)
            let batch = try transaction.logs.operations(.range(row.id, from: first, through: last))
            if UInt64(batch.count) != last - first + 1 {
                problems.append("log \(row.id.short) lacks operations between \(first) and \(last)")
                return
            }
            for operation in batch { check(operation, frontier: &frontier, names: &names) }
            for operation in batch where operation.lacksBody {
                try checkMissingBody(operation, of: row.descriptor.scope, transaction, verifier: verifier)
            }
            first = last + 1
        }
        if frontier.root != row.frontier.root {
            problems.append("log \(row.id.short): its operations do not lead to the recorded root")
        }
        try auditCheckpoint(of: row, transaction, verifier: verifier)
    }

    /// Bodies go with an erasure, or because they were replaced below a seal; nothing else may take them.
    private mutating func checkMissingBody(
        _ operation: Operation, of scope: ScopeID, _ transaction: any StoreTransaction, verifier: any Verifying
    ) throws {
        let document = operation.header.document
        guard try !transaction.isErasureKnown(of: DocumentAddress(scope: scope, document: document)) else { return }
        if laws[scope] == nil {
            let founding = try transaction.local.value(scope.digest.bytes, in: LocalNamespace.scopes)
                .map { try ScopeFounding(decoding: $0) }
            laws[scope] = try founding.map {
                try Replica.Law(of: $0, in: transaction) { LawOperation($0, of: $1, verifier: verifier) }.authority
            }
        }
        if let law = laws[scope].flatMap(\.self) {
            let pruning = try Pruning(of: scope, under: law, in: transaction)
            if pruning.replaced(try pruning.operations(on: document)).contains(operation.dot) { return }
        }
        problems.append(
            "operation \(operation.dot) lacks its body, though nobody erased its document and no seal covers what replaced"
                + " it")
    }

    private mutating func check(
        _ operation: Operation, frontier: inout MerkleFrontier, names: inout LogNames
    ) {
        operations += 1
        do {
            let header = try OperationHeader(decoding: operation.headerBytes, of: operation.dot.log, names: &names)
            if header != operation.header {
                problems.append("operation \(operation.dot) is stored under another header")
            }
        } catch {
            problems.append("operation \(operation.dot) cannot be read: \(error.message)")
        }
        if let body = operation.body, body.hash != operation.header.bodyHash {
            problems.append("operation \(operation.dot) has a body that its header does not commit to")
        }
        frontier.append(leaf: operation.leaf)
    }

    private mutating func auditCheckpoint(
        of row: LogRow, _ transaction: any StoreTransaction, verifier: any Verifying
    ) throws {
        guard let checkpoint = row.checkpoint else { return }
        checkpoints += 1
        if !checkpoint.isValid(author: row.descriptor.author, verifier: verifier) {
            problems.append("log \(row.id.short): the newest checkpoint is not signed by its author")
        }
        if checkpoint.size == row.size, checkpoint.root != row.frontier.root {
            problems.append("log \(row.id.short): the newest checkpoint has another root")
        }
    }
}
