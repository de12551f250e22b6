import HiveCore

/// Merged documents in memory.
struct InMemoryDocumentStore: DocumentStore {
    let transaction: InMemoryTransaction

    func state(_ address: DocumentAddress) throws -> DocumentState? { transaction.state.documents[address] }

    func save(_ state: DocumentState) throws { try transaction.mutate { $0.documents[state.address] = state } }

    func remove(_ address: DocumentAddress) throws { try transaction.mutate { $0.documents[address] = nil } }

    func list(_ selection: DocumentSelection) throws -> [DocumentState] {
        transaction.state.documents.values.filter { Self.selects(selection, $0) }.sorted { $0.address < $1.address }
    }

    private static func selects(_ selection: DocumentSelection, _ state: DocumentState) -> Bool {
        switch selection {
        case .all: true
        case .kind(let kind, let scope): state.kind == kind && (scope == nil || state.address.scope == scope)
        case .contested: state.isContested
        case .erasureDue(let time): state.erasureDue.map { $0 <= time } ?? false
        case .prefix(let digits): state.address.document.description.hasPrefix(digits.lowercased())
        }
    }

    func setWaiting(_ dot: Dot, for awaited: Dot?) throws { try transaction.mutate { $0.waiting[dot] = awaited } }

    func waiting(for log: LogID?, through number: UInt64) throws -> [Dot] {
        transaction.state.waiting.filter { log == nil || ($0.value.log == log && $0.value.number <= number) }
            .keys.sorted()
    }
}

/// This node's own business in memory.
struct InMemoryLocalStore: LocalStore {
    let transaction: InMemoryTransaction

    func value(_ key: [UInt8], in namespace: String) throws -> [UInt8]? { transaction.state.local[namespace]?[key] }

    func set(_ value: [UInt8]?, for key: [UInt8], in namespace: String) throws {
        try transaction.mutate { $0.local[namespace, default: [:]][key] = value }
    }

    func values(in namespace: String, after key: [UInt8]?, limit: Int) throws -> [(key: [UInt8], value: [UInt8])] {
        let pairs = (transaction.state.local[namespace] ?? [:]).sorted { $0.key.lexicographicallyPrecedes($1.key) }
        return pairs.filter { pair in key.map { $0.lexicographicallyPrecedes(pair.key) } ?? true }.prefix(limit)
            .map { (key: $0.key, value: $0.value) }
    }

    func count(in namespace: String) throws -> Int { transaction.state.local[namespace]?.count ?? 0 }
}
