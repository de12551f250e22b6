/// The revisions of the Model Context Protocol that are served, side by side.
enum ProtocolVersion {
    /// Stateless: every request says what it is.
    static let modern = ["2026-07-28"]
    /// Begun by `initialize`; newest first.
    static let legacy = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]
    static let all = modern + legacy
    /// The one that has batches, and that a client without a header is taken for.
    static let batching = "2025-03-26"
}
