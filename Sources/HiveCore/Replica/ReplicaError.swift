/// Why a replica refused to write or to take in operations. Nothing has changed.
public struct ReplicaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, as a word that programs may hold on to.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let unknownScope = Code(rawValue: "unknown_scope")
        public static let notPermitted = Code(rawValue: "not_permitted")
        public static let unknownVersion = Code(rawValue: "unknown_version")
        public static let erased = Code(rawValue: "erased")
        public static let missing = Code(rawValue: "not_found")
        public static let misuse = Code(rawValue: "invalid_input")
        /// A range does not begin at or before the head of what is stored.
        public static let gap = Code(rawValue: "gap")
        /// Bytes that are no operation of this log.
        public static let malformed = Code(rawValue: "malformed_operation")
        /// A body that is not the one the header commits to.
        public static let altered = Code(rawValue: "altered_operation")
        /// A body is missing that nobody erased, as far as is known here: whoever sent this may have been told of an
        /// erasure that has not arrived, so it may be sent again later.
        public static let withheld = Code(rawValue: "body_withheld")
        /// The operations do not continue what is held here to what their author signed: the log was forked, or the
        /// range was tampered with. Whoever sent it is asked for the proof before anybody is blamed.
        public static let branch = Code(rawValue: "other_branch")
        /// The checkpoint lies behind the range, and the evidence that would make it proof has not arrived.
        public static let unproven = Code(rawValue: "unproven_operation")
        /// The checkpoint is not about these operations.
        public static let wrongRoot = Code(rawValue: "wrong_root")
        /// The checkpoint is not signed by the log's author.
        public static let unsigned = Code(rawValue: "unsigned_operation")
    }

    public let code: Code
    public let message: String

    /// Whether whoever sent a range that was refused is to blame; if not, the same may be taken later.
    public var isFault: Bool { ![.gap, .unknownScope, .withheld, .branch, .unproven].contains(code) }

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
