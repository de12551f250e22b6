/// When a node makes backups by itself, and how long each can be read.
public struct BackupPolicy: Sendable, Hashable {
    /// Seconds between two; nil for none but those that are asked for.
    public var interval: Int64?
    /// How many of its own a node leaves.
    public var keep = 7
    /// Seconds until the key of a backup is destroyed.
    public var retention: Int64 = 30 * 24 * 3600

    public init() {}
}
