/// Something that happened at a node's door, or a privileged act.
public struct AccessEvent: Sendable, Hashable {
    /// What was tried: the name of an operation, or one of the names below.
    public let action: String
    public let outcome: Outcome
    /// What it was about: an id, a name. Never a secret.
    public let subject: String?
    /// The code of the error, where there was one.
    public let code: String?

    public init(_ action: String, _ outcome: Outcome, subject: String? = nil, code: String? = nil) {
        self.action = action
        self.outcome = outcome
        self.subject = subject
        self.code = code
    }

    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case done
        /// It was allowed, and went wrong.
        case failed
        /// It was not allowed.
        case refused
    }

    /// A credential was shown that does not count, or none where one is needed.
    public static let authentication = "authenticate"
    /// Something was refused before it was read: a foreign page, too many requests.
    public static let door = "enter"
    /// A node began to work.
    public static let start = "node.start"
    /// The journal was not the one that it was when the node last ran.
    public static let broken = "journal.broken"
}
