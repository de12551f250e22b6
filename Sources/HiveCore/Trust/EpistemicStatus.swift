/// How something came to be known.
public enum EpistemicStatus: String, Sendable, Hashable, CaseIterable {
    /// The author saw it.
    case observed
    /// A program worked it out.
    case computed
    /// Somebody who should know told the author.
    case reported
    /// The author concluded it.
    case inferred
    /// Several agreed on it.
    case consensus
    /// It was told on, and nobody knows from where.
    case hearsay
    /// It was assumed, to see what follows.
    case hypothetical
    /// It is disputed.
    case contested
    /// It was taken back.
    case retracted

    /// Reads the word of an author, older words included: `told` is reported, `verified` is observed. Nil for a word of
    /// the author's own.
    public init?(word: String) {
        switch word {
        case "told": self = .reported
        case "verified": self = .observed
        default: self.init(rawValue: word)
        }
    }

    /// How sure an author is taken to be who does not say.
    public var usualConfidence: Double {
        switch self {
        case .observed, .computed, .consensus: 0.9
        case .reported: Self.usualConfidence
        case .inferred: 0.6
        case .contested: 0.5
        case .hearsay: 0.4
        case .hypothetical: 0.2
        case .retracted: 0
        }
    }

    /// The same where no status is given, or one that is a word of the author's own.
    public static let usualConfidence = 0.7

    /// However sure its author is, nothing with this status is believed more by itself.
    public var ceiling: Double {
        switch self {
        case .observed, .computed, .reported, .inferred, .consensus: 1
        case .contested, .hearsay: 0.6
        case .hypothetical: 0.4
        case .retracted: 0
        }
    }
}
