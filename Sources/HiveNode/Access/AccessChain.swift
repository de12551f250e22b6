import HiveAPI
import HiveCore

/// The end of a chain of entries, each of which holds the hash of the one before.
struct AccessChain: Sendable, Hashable {
    /// Of the newest entry; 0 where there is none.
    private(set) var number = 0
    /// Its hash in hexadecimal digits; zeros where there is none.
    private(set) var hash = Digest.zero.hex

    init() {}

    init(number: Int, hash: String) {
        self.number = number
        self.hash = hash
    }

    init(after entry: AccessEntry) { self.init(number: entry.number, hash: entry.hash) }

    /// The next entry, which is then the newest.
    mutating func extend(
        _ event: AccessEvent, by access: Access, at time: Timestamp, unwritten: Int?
    ) -> AccessEntry {
        var entry = AccessEntry(
            number: number + 1, time: time.rfc3339, event: event, by: access, unwritten: unwritten, previous: hash)
        entry.hash = Self.hash(of: entry)
        self = AccessChain(after: entry)
        return entry
    }

    /// Over everything that an entry says but its own hash.
    static func hash(of entry: AccessEntry) -> String {
        var bare = entry
        bare.hash = ""
        return Digest.sha256(domain: "hive/1/access", bare.json.bytes).hex
    }

    /// What is wrong with an entry that is to come next; nil where nothing is.
    func objection(to entry: AccessEntry) -> String? {
        if entry.number != number + 1 { return "after entry \(number) comes entry \(entry.number)" }
        if entry.previous != hash { return "entry \(entry.number) does not follow from the one before it" }
        if Self.hash(of: entry) != entry.hash { return "entry \(entry.number) was changed" }
        return nil
    }
}
