/// Findings that are known and do not fail the gate. Entries name a finding by its fingerprint; they hold nothing of
/// what the file says.
public struct Baseline: Sendable, Hashable {
    public struct Entry: Sendable, Hashable, Comparable {
        public let path: String
        public let rule: String
        public let fingerprint: String

        public init(path: String, rule: String, fingerprint: String) {
            self.path = path
            self.rule = rule
            self.fingerprint = fingerprint
        }

        public static func < (left: Entry, right: Entry) -> Bool {
            (left.path, left.rule, left.fingerprint) < (right.path, right.rule, right.fingerprint)
        }
    }

    /// Sorted, each once.
    public let entries: [Entry]
    private let known: Set<String>

    public static let empty = Baseline([])

    public init(_ entries: some Sequence<Entry>) {
        self.entries = Set(entries).sorted()
        known = Set(self.entries.map(\.fingerprint))
    }

    public func contains(_ fingerprint: String) -> Bool { known.contains(fingerprint) }
}
