public import HiveCore

/// What a simulated node's store lives on. It survives the node.
public protocol SimulatedDisk: CopiedDisk, FailingDisk {
    /// Opens the store as the last crash or stop left it. Throws a `StoreError` as the real store does.
    func open() throws -> any Store
    /// The process dies: what was not committed is gone, what was committed is there.
    func crash() throws
    /// The machine loses its power: what was not synced may be gone, in part.
    func cutPower() throws
    /// Whether nothing witnesses that the store holds all that was answered.
    var isDoubtful: Bool { get }
}
