/// How much a finding weighs. A note is shown and fails nothing.
public enum Severity: String, Sendable, Hashable, CaseIterable {
    case error
    case warning
    case note
    /// The check does not run.
    case off
}
