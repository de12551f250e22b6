import HiveAPI
import HiveCore

/// Working sets in the local store: soft state, which never leaves this node and is in no log.
enum WorkingSetRecord {
    private static let namespace = "working"
    private static let format: UInt64 = 1

    /// Nil where nobody has looked at anything under this name.
    static func load(_ name: String, in transaction: any StoreTransaction) throws -> WorkingSet? {
        guard let bytes = try transaction.local.value(Array(name.utf8), in: namespace) else { return nil }
        if let set = decode(bytes) { return set }
        throw HiveError(
            .storeCorrupt, "the working set of `\(name)` cannot be read",
            hint: "drop it; no memory is lost: hivectl memory working clear --agent '\(name)'")
    }

    /// Drops what cannot be read.
    static func mend(_ name: String, in transaction: any StoreTransaction) throws {
        do { _ = try load(name, in: transaction) } catch let error as HiveError where error.code == .storeCorrupt {
            try transaction.local.set(nil, for: Array(name.utf8), in: namespace)
        }
    }

    /// An empty set without a budget of its own is not kept.
    static func save(_ set: WorkingSet, _ name: String, in transaction: any StoreTransaction) throws {
        let isEmpty = set.entries.isEmpty && set.budget == nil
        try transaction.local.set(isEmpty ? nil : encode(set), for: Array(name.utf8), in: namespace)
    }

    /// The names of all sets that are kept, in order.
    static func names(in transaction: any StoreTransaction) throws -> [String] {
        try transaction.local.values(in: namespace, after: nil, limit: .max).map {
            String(decoding: $0.key, as: UTF8.self)
        }
    }

    private static func encode(_ set: WorkingSet) -> [UInt8] {
        let entries = set.entries.map { entry in
            CBORValue.array([
                .bytes(entry.address.scope.digest.bytes), .bytes(entry.address.document.bytes), .double(entry.weight),
                .double(entry.level), .integer(entry.attended.milliseconds),
            ])
        }
        let budget = set.budget.map { CBORValue.integer(Int64($0)) } ?? .null
        return CBORValue.array([.unsigned(format), budget, .array(entries)]).encoded()
    }

    /// Nil for bytes that are no set.
    private static func decode(_ bytes: [UInt8]) -> WorkingSet? {
        guard let parts = (try? CBORValue(decoding: bytes))?.array, parts.count == 3, parts[0] == .unsigned(format),
            let entries = parts[2].array?.map(entry), !entries.contains(nil)
        else { return nil }
        return WorkingSet(entries.compactMap(\.self), budget: parts[1].integer.map(Int.init))
    }

    private static func entry(_ value: CBORValue) -> WorkingSet.Entry? {
        guard let parts = value.array, parts.count == 5, let scope = parts[0].bytes.flatMap({ Digest(bytes: $0) }),
            let document = parts[1].bytes.flatMap({ DocumentID(bytes: $0) }), case .double(let weight) = parts[2],
            case .double(let level) = parts[3], let attended = parts[4].integer
        else { return nil }
        return WorkingSet.Entry(
            DocumentAddress(scope: ScopeID(scope), document: document), weight: weight, level: level,
            attended: Timestamp(milliseconds: attended))
    }
}
