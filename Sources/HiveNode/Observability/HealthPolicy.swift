/// From when on a node calls itself unwell.
public struct HealthPolicy: Sendable, Hashable {
    /// So many bytes must be free where the store lies.
    public var diskFree: UInt64 = 1 << 30
    /// A connected peer may lack operations for so many seconds.
    public var peerLag: Int64 = 600
    /// A peer may be silent for so many seconds; nil for ever.
    public var peerSilence: Int64? = 7 * 86_400
    /// Seconds between two checks of the whole store; nil for none but those that somebody asks for.
    public var scrub: Int64? = 7 * 86_400

    public init() {}
}
