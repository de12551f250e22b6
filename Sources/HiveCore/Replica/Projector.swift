/// Turns stored operations into merged documents, index entries and waiting lists, inside one transaction.
///
/// An operation is projected once its author is honoured and its context is stored or void. The usual operation has
/// seen all that is merged and is added in place; everything else is merged anew from the whole set.
struct Projector {
    let transaction: any StoreTransaction
    let authority: Authority
    private let defences: Defences
    private var sizes: [LogID: LogRow?] = [:]
    private(set) var changed: Set<DocumentAddress> = []
    /// Documents that a batch found to be merged anew, once, at its end.
    private var stale: Set<DocumentAddress> = []

    init(transaction: any StoreTransaction, authority: Authority, defences: Defences) {
        self.transaction = transaction
        self.authority = authority
        self.defences = defences
    }

    /// Projects an operation that was just stored, or notes what it waits for. Returns the document after it.
    mutating func project(_ operation: Operation, of descriptor: LogDescriptor) throws -> DocumentState? {
        if let state = try take(operation, of: descriptor) { return state }
        try finish()
        return try transaction.documents.state(
            DocumentAddress(scope: descriptor.scope, document: operation.header.document))
    }

    /// Projects operations of a log that were just stored, and those that waited for them.
    mutating func project(_ operations: [Operation], of row: LogRow) throws {
        for operation in operations { _ = try take(operation, of: row.descriptor) }
        try wake(row.id, size: row.size)
        try finish()
    }

    /// Adds an operation in place where it has seen all that is merged, and answers with the document then.
    private mutating func take(_ operation: Operation, of descriptor: LogDescriptor) throws -> DocumentState? {
        let address = DocumentAddress(scope: descriptor.scope, document: operation.header.document)
        guard try isHonoured(operation.header) else { return nil }
        if let awaited = try awaited(by: operation.header) {
            try transaction.documents.setWaiting(operation.dot, for: awaited)
            return nil
        }
        if operation.header.claimsTheFuture { stale.insert(address) }
        guard !stale.contains(address) else { return nil }
        guard var state = try transaction.documents.state(address) else {
            let opened = DocumentState.opening(with: operation, at: address)
            try save(opened)
            return opened
        }
        guard state.isSucceeded(by: operation.header) else {
            stale.insert(address)
            return nil
        }
        state.apply(operation)
        try save(state)
        return state
    }

    private mutating func finish() throws {
        for address in stale.sorted() { try rebuild(address) }
        stale = []
    }

    /// Merges a document anew from all of its operations that are visible.
    @discardableResult
    mutating func rebuild(_ address: DocumentAddress) throws -> DocumentState? {
        let sorted = try sort(address)
        for (dot, awaited) in sorted.hidden { try transaction.documents.setWaiting(dot, for: awaited) }
        for operation in sorted.visible { try transaction.documents.setWaiting(operation.dot, for: nil) }
        guard let state = DocumentState.merge(all: sorted.visible, at: address) else {
            try transaction.documents.remove(address)
            try transaction.index.remove(address)
            changed.insert(address)
            return nil
        }
        try save(state)
        return state
    }

    /// What a document is by its operations, whatever the store says.
    mutating func merged(_ address: DocumentAddress) throws -> DocumentState? {
        DocumentState.merge(all: try sort(address).visible, at: address)
    }

    /// The operations that a document is merged from.
    mutating func visible(_ address: DocumentAddress) throws -> [Operation] { try sort(address).visible }

    /// Tells the operations of a document that are visible from those that are void, or wait for another one.
    private mutating func sort(
        _ address: DocumentAddress
    ) throws -> (visible: [Operation], hidden: [(dot: Dot, awaited: Dot?)]) {
        var visible: [Operation] = []
        var hidden: [(dot: Dot, awaited: Dot?)] = []
        for operation in try transaction.logs.operations(.document(address)) {
            guard try isHonoured(operation.header) else {
                hidden.append((operation.dot, nil))
                continue
            }
            if let awaited = try awaited(by: operation.header) {
                hidden.append((operation.dot, awaited))
            } else {
                visible.append(operation)
            }
        }
        return (visible, hidden)
    }

    /// Projects the operations that waited for a log to reach its size. Others may claim to have seen them and are merged
    /// already, so that nothing can be added in place.
    private mutating func wake(_ log: LogID, size: UInt64) throws {
        sizes[log] = nil
        for dot in try transaction.documents.waiting(for: log, through: size) {
            guard let operation = try transaction.logs.operation(dot), let row = try row(dot.log) else { continue }
            try transaction.documents.setWaiting(dot, for: nil)
            stale.insert(
                DocumentAddress(scope: row.descriptor.scope, document: operation.header.document))
        }
    }

    private mutating func save(_ state: DocumentState) throws {
        try transaction.documents.save(state)
        try transaction.reindex(state)
        changed.insert(state.address)
    }

    private mutating func isHonoured(_ header: OperationHeader) throws -> Bool {
        guard let row = try row(header.dot.log) else { return false }
        return authority.honours(header.dot, of: row.descriptor, kind: header.kind)
    }

    /// The first part of an operation's context that is neither stored nor void.
    private mutating func awaited(by header: OperationHeader) throws -> Dot? {
        guard defences.stands(.contextsAreAwaited) else { return nil }
        for dot in header.context.entries {
            // Void is as good as stored: what its author saw there will never be shown to anybody.
            guard authority.isInside(dot) else { continue }
            guard let row = try row(dot.log) else { return dot }
            if row.size >= dot.number { continue }
            if !authority.honours(dot, of: row.descriptor, kind: header.kind) { continue }
            return dot
        }
        return nil
    }

    private mutating func row(_ log: LogID) throws -> LogRow? {
        if let known = sizes[log] { return known }
        let row = try transaction.logs.row(log)
        sizes[log] = .some(row)
        return row
    }
}

extension OperationHeader {
    /// Whether it says to have seen itself, or what its own log got after it.
    fileprivate var claimsTheFuture: Bool { context.contains(dot) }
}

extension StoreTransaction {
    /// Whether somebody, permitted or not, asked for the erasure of a document.
    func isErasureKnown(of address: DocumentAddress) throws -> Bool {
        try logs.operations(.document(address)).contains(where: \.header.isErasure)
    }

    /// Brings the search index up to a document.
    func reindex(_ state: DocumentState) throws {
        guard EngramKind(state.kind) != nil else { return }
        guard let entry = try indexEntry(of: state) else { return try index.remove(state.address) }
        try index.put(entry)
    }

    /// Makes the search index anew from the merged documents.
    func rebuildIndex() throws {
        try index.removeAll()
        for kind in EngramKind.allCases {
            for state in try documents.list(.kind(kind.document, scope: nil)) { try reindex(state) }
        }
    }

    /// Makes the search index anew where a version of Hive wrote it whose entries held something else.
    public func renewIndex() throws {
        let key = Array("layout".utf8)
        guard try local.value(key, in: LocalNamespace.index) != [IndexEntry.layout] else { return }
        try rebuildIndex()
        try local.set([IndexEntry.layout], for: key, in: LocalNamespace.index)
    }

    /// What the search index is to hold of a document; nil where nobody is to find it.
    public func indexEntry(of state: DocumentState) throws -> IndexEntry? {
        guard EngramKind(state.kind) != nil else { return nil }
        return try Engram(state) { try local.value($0.hash.bytes, in: LocalNamespace.blobs) }?.indexEntry
    }
}
