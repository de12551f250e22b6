import HiveCore
import Synchronization

/// Seals what a store keeps with its newest data key, and opens what any of its data keys sealed.
///
/// A sealed value is: 1 (the form), the number of the data key (4 bytes, big-endian), nonce (12), ciphertext, tag (16).
public final class StoreCipher: Sendable {
    static let form: UInt8 = 1
    private static let headLength = 5
    /// Seals are counted in lots, charged when they begin, so that a crash never makes them fewer.
    static let sealsPerLot: Int64 = 1 << 16

    private let keys: Mutex<[DataKey]>
    private let seals = Atomic<Int64>(0)

    /// In the order of their numbers; at least one. A key never leaves before the process ends: an open read may
    /// still see what it sealed.
    init(_ keys: [DataKey]) { self.keys = Mutex(keys) }

    var dataKeys: [DataKey] { keys.withLock { $0 } }
    var current: DataKey { keys.withLock { $0[$0.count - 1] } }

    /// Puts other wrappings and perhaps a newer key in force.
    func adopt(_ fresh: [DataKey]) {
        keys.withLock { keys in
            let known = keys.filter { key in !fresh.contains { $0.number == key.number } }
            keys = (known + fresh).sorted { $0.number < $1.number }
        }
    }

    // MARK: Values

    func seal(_ bytes: [UInt8], at place: SealedPlace) throws -> [UInt8] {
        seals.add(1, ordering: .relaxed)
        let key = current
        var random = SystemRandomNumberGenerator()
        let head = [Self.form] + key.number.bigEndianBytes
        return head + (try key.key.seal(bytes, at: head + place.bytes, using: &random))
    }

    func open(_ sealed: [UInt8], at place: SealedPlace) throws -> [UInt8] {
        guard let number = Self.keyNumber(of: sealed) else {
            throw Self.damage(place, "is not sealed as the rest of the database is")
        }
        guard let key = keys.withLock({ $0.last { $0.number == number } }) else {
            throw Self.damage(place, "was sealed with the data key \(number), which the database does not have")
        }
        let head = Array(sealed.prefix(Self.headLength))
        guard let bytes = key.key.open(sealed.dropFirst(Self.headLength), at: head + place.bytes) else {
            throw Self.damage(place, "was changed or comes from another place")
        }
        return bytes
    }

    /// The number of the data key that a value was sealed with; nil for what is not sealed.
    static func keyNumber(of sealed: [UInt8]) -> UInt32? {
        guard sealed.count >= headLength + SealingKey.overhead, sealed[0] == form else { return nil }
        return sealed[1..<headLength].reduce(0) { $0 << 8 | UInt32($1) }
    }

    func isCurrent(_ sealed: [UInt8]) -> Bool { Self.keyNumber(of: sealed) == current.number }

    private static func damage(_ place: SealedPlace, _ what: String) -> StoreError {
        StoreError(.corrupt, "\(place.name) \(what)", hint: SQLiteStore.recovery)
    }

    // MARK: Names

    /// Names for a local key that nobody can guess, by every data key, the newest first: while values are being sealed
    /// anew, one may still stand under its former name.
    func names(of key: [UInt8], in namespace: String) -> [[UInt8]] {
        let bytes = Array(namespace.utf8) + [0] + key
        return keys.withLock { $0.reversed().map { $0.key.lookup(bytes).bytes } }
    }

    // MARK: Counting

    /// The seals of this opening that fill lots which were not charged yet.
    func takeUnchargedLots() -> Int64 {
        let count = seals.load(ordering: .relaxed)
        guard count >= Self.sealsPerLot else { return 0 }
        let lots = count / Self.sealsPerLot * Self.sealsPerLot
        seals.subtract(lots, ordering: .relaxed)
        return lots
    }
}

/// A key that values are sealed with, as it is in use and as it is kept.
struct DataKey: Sendable {
    /// From 1, in the order in which they were made.
    let number: UInt32
    let key: SealingKey
    let wrapped: WrappedKey
}

extension UInt32 {
    fileprivate var bigEndianBytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> UInt32(24 - 8 * $0)) } }
}
