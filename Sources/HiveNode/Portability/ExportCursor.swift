import HiveAPI
import HiveCore
import Synchronization

/// Walks through all memories as they were when the export began, in order of their ids, in short reads of its own:
/// writers go on meanwhile, and no more than a few memories are held at a time.
final class ExportCursor: Sendable {
    /// About how many memories one step reads.
    private static let step = 64
    /// A piece is handed out once it has so many bytes.
    private static let pieceSize = 256 << 10

    private let kernel: NodeKernel
    private let filter: SearchQuery
    private let snapshot: VersionVector
    /// How many hexadecimal digits the ids of one step have in common.
    private let digits: Int
    private let position = Mutex(Position())
    let total: Int

    private struct Position {
        var step = 0
        /// Within the step: how many memories of it were handed out.
        var taken = 0
    }

    init(kernel: NodeKernel, filter: SearchQuery) throws {
        self.kernel = kernel
        self.filter = filter
        (snapshot, total) = try kernel.read { transaction in
            let heads = try transaction.logs.rows(.all).filter { $0.size > 0 }.map { Dot(log: $0.id, number: $0.size) }
            return (VersionVector(heads), try transaction.index.count())
        }
        var digits = 1
        while digits < 6, total >> (4 * digits) > Self.step { digits += 1 }
        self.digits = digits
    }

    /// The next lines; nil after the last.
    func next() throws -> [UInt8]? {
        try position.withLock { position in
            var piece: [UInt8] = []
            while position.step < 1 << (4 * digits), piece.count < Self.pieceSize {
                try read(&position, into: &piece)
            }
            return piece.isEmpty ? nil : piece
        }
    }

    private func read(_ position: inout Position, into piece: inout [UInt8]) throws {
        let hex = String(position.step, radix: 16)
        let prefix = String(repeating: "0", count: digits - hex.count) + hex
        try kernel.consult { replica, transaction in
            let view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
            let states = try transaction.documents.list(.prefix(prefix)).filter { EngramKind($0.kind) != nil }
                .sorted { ($0.address.document, $0.address.scope) < ($1.address.document, $1.address.scope) }
            while position.taken < states.count, piece.count < Self.pieceSize {
                if let line = try line(states[position.taken], view) {
                    line.write(to: &piece)
                    piece.append(0x0A)
                }
                position.taken += 1
            }
            if position.taken == states.count { position = Position(step: position.step + 1) }
        }
    }

    /// Nil for what is not to be exported: erased by now, forgotten then, or not asked for.
    private func line(_ present: DocumentState, _ view: MemoryView) throws -> JSONValue? {
        guard !present.isErased, let state = try view.transaction.state(present, asOf: snapshot), !state.isForgotten,
            let entry = try view.transaction.indexEntry(of: state), filter.admits(entry)
        else { return nil }
        guard var members = try view.memory(state)?.json.object else { return nil }
        let local = view.transaction.local
        let fields = try PortableFields.json(state) { try local.value($0.hash.bytes, in: "blobs") }
        if !fields.isEmpty { members["fields"] = .object(fields) }
        return .object(members)
    }
}
