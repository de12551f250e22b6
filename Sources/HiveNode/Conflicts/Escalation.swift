import HiveAPI
import HiveCore

/// That a conflict waits for a person, as this node noted it: since when, when people were last reminded, and about which
/// values. Kept beside the logs, so that a restart reminds nobody anew.
struct Escalation: Sendable, Hashable {
    let since: Timestamp
    var reminded: Timestamp
    let dots: [String]

    private static let namespace = "escalations"

    init(of conflict: Conflict, at now: Timestamp) {
        since = now
        reminded = now
        dots = Self.dots(of: conflict)
    }

    static func dots(of conflict: Conflict) -> [String] { conflict.siblings.map(\.dot).sorted() }

    /// Whether it is about the values that stand now.
    func isAbout(_ conflict: Conflict) -> Bool { dots == Self.dots(of: conflict) }

    private init?(_ value: CBORValue) {
        guard let parts = value.array, parts.count == 3, let since = parts[0].integer, let reminded = parts[1].integer,
            let dots = parts[2].array
        else { return nil }
        self.since = Timestamp(milliseconds: since)
        self.reminded = Timestamp(milliseconds: reminded)
        self.dots = dots.compactMap(\.text)
    }

    private var value: CBORValue {
        .array([
            .integer(since.milliseconds), .integer(reminded.milliseconds), .array(dots.map(CBORValue.text)),
        ])
    }

    static func find(_ id: String, in transaction: any StoreTransaction) throws -> Escalation? {
        try transaction.local.value(Array(id.utf8), in: namespace).flatMap { Escalation(try CBORValue(decoding: $0)) }
    }

    /// The ids of all conflicts that were noted.
    static func ids(in transaction: any StoreTransaction) throws -> [String] {
        try transaction.local.values(in: namespace, after: nil, limit: .max)
            .map { String(decoding: $0.key, as: UTF8.self) }
    }

    func save(_ id: String, in transaction: any StoreTransaction) throws {
        try transaction.local.set(value.encoded(), for: Array(id.utf8), in: Self.namespace)
    }

    static func remove(_ id: String, in transaction: any StoreTransaction) throws {
        try transaction.local.set(nil, for: Array(id.utf8), in: namespace)
    }
}
