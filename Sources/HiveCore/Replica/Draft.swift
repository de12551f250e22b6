/// A change that is to become operations: what a caller wants done to one document.
public struct Draft: Sendable, Hashable {
    public let address: DocumentAddress
    public let kind: DocumentKind
    public let agent: String?
    public var changes: [Change]
    /// What the caller had seen; nil for what the node sees now.
    public let seen: VersionVector?
    /// A resolution replaces all siblings that it saw; a plain update only the one that was shown.
    public let resolves: Bool
    /// The stream that it is written to; nil for kinds that this version does not know.
    public let stream: Stream?

    /// - Parameter stream: where it is another one than the kind's, as for what speaks of the log it stands in.
    public init(
        _ kind: DocumentKind, at address: DocumentAddress, agent: String? = nil, seen: VersionVector? = nil,
        resolves: Bool = false, stream: Stream? = nil, changes: [Change] = []
    ) {
        self.stream = stream ?? kind.stream
        self.address = address
        self.kind = kind
        self.agent = agent
        self.changes = changes
        self.seen = seen
        self.resolves = resolves
    }

    /// One change to one field, given by number or by path.
    public enum Change: Sendable, Hashable {
        case set(UInt64, CBORValue)
        /// A text that goes beside the log where it is large.
        case setText(UInt64, String)
        case setPath(String, CBORValue)
        case add(UInt64, [CBORValue])
        case remove(UInt64, [CBORValue])
        case append(UInt64, [CBORValue])
        /// Adds to this node's slot of a tally.
        case count(UInt64, Int64)

        public var field: FieldID {
            switch self {
            case .set(let number, _), .setText(let number, _), .add(let number, _), .remove(let number, _),
                .append(let number, _), .count(let number, _):
                .number(number)
            case .setPath(let path, _): .path(path)
            }
        }
    }
}
