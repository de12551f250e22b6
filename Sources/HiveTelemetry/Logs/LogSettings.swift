/// How a daemon writes its log.
public struct LogSettings: Sendable, Hashable {
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// A line for people.
        case text
        /// A JSON object on each line.
        case json
    }

    public var format = Format.text
    /// The file; nil for standard error.
    public var file: String?
    /// Whether every request is told at `info`; otherwise at `debug`.
    public var access = false
    /// A file is put aside before it is larger than this, in bytes.
    public var size: Int64 = 50 << 20
    /// A file is put aside when its first line is older than this, in seconds.
    public var age: Int64 = 86_400
    /// Whether files that were put aside are compressed.
    public var compresses = true
    /// Files that were put aside are removed after so many seconds.
    public var retention: Int64 = 30 * 86_400

    public init() {}
}
