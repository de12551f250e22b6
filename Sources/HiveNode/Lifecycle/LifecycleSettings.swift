public import HiveAPI
public import HiveCore

/// What the operator chose for how memories age, fold together and are put away.
public struct LifecycleSettings: Sendable {
    /// What becomes of a memory that says exactly what another one says already, unless its writer says otherwise.
    public var duplicates = DuplicateHandling.fold
    public var halfLives = HalfLives()
    /// Whether episodes are consolidated, and conditions applied, without being asked.
    public var consolidates = true
    /// Minutes after midnight, UTC.
    public var minuteOfDay = 180
    /// Seconds that an episode must not have changed for.
    public var minimumAge: Int64 = 7 * 86_400
    /// Fewer similar episodes are left as they are.
    public var minimumCluster = 3
    /// How alike episodes must be on average, from 0 to 1.
    public var similarity = 0.6
    /// What is made core knowledge, and what is put into the archive.
    public var policy = LifecyclePolicy()
    /// The scope that what becomes core knowledge is copied to; nil for none.
    public var coreScope: ScopeName?

    public init() {}
}
