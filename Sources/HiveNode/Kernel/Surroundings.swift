public import HiveAPI
public import HiveCEL
public import HiveCore

/// What a node takes from the world around it.
public struct Surroundings: Sendable {
    /// The time of day.
    public let now: @Sendable () -> HiveCore.Timestamp
    /// Milliseconds that only grow.
    public let uptime: @Sendable () -> Int64
    /// Called when what is on disk is unknown: the process must end at once.
    public let abandon: @Sendable (String) -> Void
    /// Called when bytes were dropped: what the store still holds of them in free space is to go.
    public let scrub: @Sendable () throws -> Void
    /// What the store finds wrong with its own files, one line each.
    public let inspect: @Sendable () throws -> [String]
    /// The time zones that rules may name; nil where only UTC and offsets are known.
    public let zones: (any TimeZoneProvider)?
    /// Takes each decision as a line of JSON; nil where none is to be recorded.
    public let journal: (@Sendable ([UInt8]) -> Void)?
    /// Nil where there is no disk to back up.
    public var backups: (any BackupVault)?
    /// Nil where there is no disk for copies of other nodes' backups.
    public var mirrors: (any MirrorShelf)?
    /// Nil where nothing outlasts the database.
    public var erasures: (any ErasureList)?
    /// The keys of a store that is encrypted; nil for a plain one.
    public var keys: (any StoreKeys)?
    /// Nil where there is no disk to keep a journal of access on.
    public var access: (any AccessJournal)?
    /// How much room there is where the store lies; nil where nobody can tell.
    public var room: @Sendable () -> DiskRoom? = { nil }
    /// What the process takes, in bytes, by what it is.
    public var usage: @Sendable () -> [String: UInt64] = { [:] }
    /// Numbers of those around the node, for metrics.
    public var meters: @Sendable () -> [MetricSample] = { [] }
    /// Whether somebody follows what happens as traces.
    public var isTraced = false

    public init(
        now: @escaping @Sendable () -> HiveCore.Timestamp, uptime: @escaping @Sendable () -> Int64,
        abandon: @escaping @Sendable (String) -> Void, scrub: @escaping @Sendable () throws -> Void = {},
        inspect: @escaping @Sendable () throws -> [String] = { [] }, zones: (any TimeZoneProvider)? = nil,
        journal: (@Sendable ([UInt8]) -> Void)? = nil
    ) {
        self.scrub = scrub
        self.inspect = inspect
        self.zones = zones
        self.journal = journal
        self.now = now
        self.uptime = uptime
        self.abandon = abandon
    }
}
