/// What a check has against a place in a file.
public struct Finding: Sendable, Hashable {
    /// Whether it counts.
    public enum State: Sendable, Hashable {
        case open
        /// A comment in the file excuses it, with this reason.
        case suppressed(String)
        /// The baseline knows it.
        case known
    }

    /// The id of the check.
    public let rule: String
    public let severity: Severity
    /// Empty for a finding about no file in particular.
    public let path: String
    public let place: TextPlace
    public let message: String
    public let remediation: String
    /// Names the finding for as long as the line says what it says; it survives that the line moves.
    public let fingerprint: String
    public let excerpt: Excerpt
    public let state: State

    /// Whether it makes the gate fail.
    public var fails: Bool { state == .open && (severity == .error || severity == .warning) }
}

extension Finding: Comparable {
    public static func < (left: Finding, right: Finding) -> Bool {
        (left.path, left.place.line, left.place.column, left.rule, left.fingerprint)
            < (right.path, right.place.line, right.place.column, right.rule, right.fingerprint)
    }
}
