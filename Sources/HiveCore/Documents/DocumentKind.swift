/// What kind of thing a document is. The number is part of signed bytes: numbers are given once and never reused.
/// Unknown kinds are stored and relayed, and projected after an upgrade.
public struct DocumentKind: RawRepresentable, Sendable, Hashable, Comparable {
    public let rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    public static func < (left: DocumentKind, right: DocumentKind) -> Bool { left.rawValue < right.rawValue }

    // The law of a hive and of its scopes.
    public static let hiveFounding = DocumentKind(rawValue: 1)
    public static let scopeFounding = DocumentKind(rawValue: 2)
    public static let grant = DocumentKind(rawValue: 3)
    public static let revocation = DocumentKind(rawValue: 4)
    public static let rotation = DocumentKind(rawValue: 5)
    public static let seal = DocumentKind(rawValue: 6)
    public static let acknowledgement = DocumentKind(rawValue: 7)
    public static let evidence = DocumentKind(rawValue: 8)
    public static let erasure = DocumentKind(rawValue: 9)
    public static let retirement = DocumentKind(rawValue: 10)
    public static let homeMove = DocumentKind(rawValue: 11)
    public static let setManifest = DocumentKind(rawValue: 12)
    /// The first operation of a new incarnation's log: names the predecessor's size and root.
    public static let succession = DocumentKind(rawValue: 13)
    public static let rule = DocumentKind(rawValue: 14)
    /// A slash command that every agent of the hive is to have.
    public static let agentCommand = DocumentKind(rawValue: 15)

    // Memories.
    public static let instant = DocumentKind(rawValue: 32)
    public static let episodic = DocumentKind(rawValue: 33)
    public static let semantic = DocumentKind(rawValue: 34)
    public static let procedural = DocumentKind(rawValue: 35)

    // Traffic, reserved.
    public static let agent = DocumentKind(rawValue: 64)
    public static let task = DocumentKind(rawValue: 65)
    public static let message = DocumentKind(rawValue: 66)
    public static let share = DocumentKind(rawValue: 67)
    public static let federation = DocumentKind(rawValue: 68)

    /// The stream that documents of this kind are written to; nil for kinds of a later version.
    public var stream: Stream? {
        switch rawValue {
        case 1...31: .law
        case 32...63: .knowledge
        case 64...95: .traffic
        default: nil
        }
    }
}
