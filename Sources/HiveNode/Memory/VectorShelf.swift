import HiveCore

/// Where vectors of one model are kept that were expensive to get: the local store of this node, which is not replicated.
///
/// A row holds the hash of the text that it was made of; one whose text has changed counts for nothing.
struct VectorShelf: Sendable {
    /// A model with vectors on the shelf.
    struct Model: Sendable, Hashable {
        var name: String
        var dimensions: Int
        /// Whether it was complete once, so that questions are asked of it.
        var isInService: Bool
    }

    /// By model: whether it is in service, and how many components its vectors have.
    private static let models = "vectors"
    private static let chunk = 500

    let model: String
    private var namespace: String { Self.namespace(model) }

    private static func namespace(_ model: String) -> String { "\(models)/\(model)" }
    private static func key(_ address: DocumentAddress) -> [UInt8] {
        address.scope.digest.bytes + address.document.bytes
    }

    func vector(of address: DocumentAddress, in transaction: any StoreTransaction) throws -> StoredVector? {
        try transaction.local.value(Self.key(address), in: namespace).flatMap(StoredVector.init(bytes:))
    }

    func put(_ vectors: [(address: DocumentAddress, vector: StoredVector)], in transaction: any StoreTransaction) throws
    {
        guard let first = vectors.first else { return }
        if try Self.model(model, in: transaction)?.dimensions != first.vector.dimensions {
            let known = Model(name: model, dimensions: first.vector.dimensions, isInService: false)
            try Self.register(known, in: transaction)
        }
        for (address, vector) in vectors {
            try transaction.local.set(vector.bytes, for: Self.key(address), in: namespace)
        }
    }

    func count(in transaction: any StoreTransaction) throws -> Int { try transaction.local.count(in: namespace) }

    static func keys(of documents: Set<DocumentAddress>) -> Set<[UInt8]> { Set(documents.map(key)) }

    /// Drops the vectors of documents whose keys are not among `wanted`, some at a time; nil once all were looked at, else where
    /// to go on.
    func sweep(
        after key: [UInt8]?, keeping wanted: Set<[UInt8]>, in transaction: any StoreTransaction
    ) throws -> [UInt8]? {
        let rows = try transaction.local.values(in: namespace, after: key, limit: Self.chunk)
        for row in rows where !wanted.contains(row.key) { try transaction.local.set(nil, for: row.key, in: namespace) }
        return rows.count < Self.chunk ? nil : rows.last?.key
    }

    // MARK: All models

    static func models(in transaction: any StoreTransaction) throws -> [Model] {
        try transaction.local.values(in: models, after: nil, limit: 100).compactMap { model($0.key, $0.value) }
    }

    static func model(_ name: String, in transaction: any StoreTransaction) throws -> Model? {
        let key = Array(name.utf8)
        return try transaction.local.value(key, in: models).flatMap { model(key, $0) }
    }

    static func register(_ model: Model, in transaction: any StoreTransaction) throws {
        let dimensions = (0..<4).map { UInt8(truncatingIfNeeded: model.dimensions >> (8 * $0)) }
        try transaction.local.set(
            [model.isInService ? 1 : 0] + dimensions, for: Array(model.name.utf8), in: models)
    }

    /// Drops some vectors of a model, and the model itself with the last of them; true where more are left.
    static func drop(_ model: String, in transaction: any StoreTransaction) throws -> Bool {
        let rows = try transaction.local.values(in: namespace(model), after: nil, limit: chunk)
        for row in rows { try transaction.local.set(nil, for: row.key, in: namespace(model)) }
        guard rows.count < chunk else { return true }
        try transaction.local.set(nil, for: Array(model.utf8), in: models)
        return false
    }

    /// Drops the vectors of documents, whichever model made them: a vector tells something of its text.
    static func remove(_ addresses: some Sequence<DocumentAddress>, in transaction: any StoreTransaction) throws {
        let names = try models(in: transaction).map(\.name)
        for address in addresses {
            for name in names { try transaction.local.set(nil, for: key(address), in: namespace(name)) }
        }
    }

    private static func model(_ key: [UInt8], _ value: [UInt8]) -> Model? {
        guard value.count == 5, let name = String(validating: key, as: UTF8.self) else { return nil }
        let dimensions = (0..<4).reduce(0) { $0 | Int(value[1 + $1]) << (8 * $1) }
        return Model(name: name, dimensions: dimensions, isInService: value[0] == 1)
    }
}
