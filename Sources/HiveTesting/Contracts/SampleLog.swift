import HiveCore

/// Makes operations of one log, for contracts.
struct SampleLog {
    private(set) var row: LogRow
    private var random = SeededRandom(seed: 7)
    private var document: DocumentID

    init() {
        let key = PublicKey(bytes: Digest.sha256([1]).bytes)
        guard let key else { preconditionFailure("a digest has the length of a key") }
        row = LogRow(
            descriptor: LogDescriptor(
                scope: ScopeID(.sha256([2])), stream: .knowledge, author: key, incarnation: Incarnation(using: &random))
        )
        document = .derived(kind: 34, key: [0], generation: 0)
    }

    /// The next operation; every third one begins a new document.
    mutating func next(newDocument: Bool = false) -> Operation {
        let number = row.size + 1
        if newDocument || number % 3 == 0 {
            document = .derived(kind: 34, key: [UInt8(truncatingIfNeeded: number)], generation: 0)
        }
        let change = OperationBody.Change(field: .number(EngramField.content), change: .set(.text("text \(number)")))
        let body = SaltedBody(bytes: OperationBody(agent: nil, changes: [change]).encoded(), using: &random)
        let header = OperationHeader(
            dot: Dot(log: row.id, number: number), stamp: Stamp(milliseconds: 1000 + number),
            target: OperationTarget(document: document, kind: .semantic, fields: [.number(EngramField.content)]),
            causality: OperationCausality(context: VersionVector()), continues: false, body: body)
        let operation = Operation(header: header, headerBytes: header.encoded(names: &row.names), body: body)
        row.frontier.append(leaf: operation.leaf)
        row.lastStamp = header.stamp
        return operation
    }

    /// Moves the row to a size with a checkpoint, without operations.
    mutating func pretend(size: UInt64) {
        while row.size < size { row.frontier.append(leaf: .zero) }
        let signer = KeyedHashSigner(publicKey: row.descriptor.author)
        do {
            row.checkpoint = try Checkpoint(log: row.id, size: row.size, root: row.frontier.root, signer: signer)
        } catch {
            preconditionFailure("a keyed hash never fails")
        }
    }
}
