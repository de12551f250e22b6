/// The entries of a map in the order of their encoded keys, each key once: as they are written.
public struct CBORMap: Sendable, Hashable, RandomAccessCollection {
    /// One pair.
    public struct Entry: Sendable, Hashable {
        public let key: CBORValue
        public let value: CBORValue

        public init(key: CBORValue, value: CBORValue) {
            self.key = key
            self.value = value
        }
    }

    private let entries: [Entry]

    /// Puts entries in order; of entries with one key the last counts.
    public init(_ entries: some Sequence<Entry>) {
        let keyed = entries.enumerated().map { (key: $1.key.encoded(), place: $0, entry: $1) }
        let sorted = keyed.sorted { $0.key == $1.key ? $0.place < $1.place : $0.key.lexicographicallyPrecedes($1.key) }
        self.entries = sorted.indices
            .filter { $0 == sorted.count - 1 || sorted[$0].key != sorted[$0 + 1].key }
            .map { sorted[$0].entry }
    }

    /// Takes entries that are in order, each key once.
    init(sorted entries: [Entry]) { self.entries = entries }

    public var startIndex: Int { entries.startIndex }
    public var endIndex: Int { entries.endIndex }
    public subscript(index: Int) -> Entry { entries[index] }
    public func makeIterator() -> IndexingIterator<[Entry]> { entries.makeIterator() }

    /// The value under a key.
    public subscript(key: CBORValue) -> CBORValue? { entries.first { $0.key == key }?.value }

    /// The value under a text.
    public subscript(key: String) -> CBORValue? { self[.text(key)] }
}
