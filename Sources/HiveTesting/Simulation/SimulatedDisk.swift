public import HiveCore

/// What a simulated node's store lives on. It survives the node.
public protocol SimulatedDisk: AnyObject {
    /// Opens the store as the last crash or stop left it. Throws a `StoreError` as the real store does.
    func open() throws -> any Store
    /// The process dies: what was not committed is gone, what was committed is there.
    func crash() throws
    /// The machine loses its power: what was not synced may be gone, in part.
    func cutPower() throws
    /// Keeps a copy of the present state.
    func backup() throws
    /// Puts the copy in the place of the present state; false where there is no copy.
    func restore() throws -> Bool
    /// The disk is a new one.
    func wipe() throws
    /// Something goes wrong soon, or from now on until all is healed.
    func arm(_ fault: DiskFault, after operations: Int)
    /// Nothing goes wrong any more, and there is room again.
    func heal()
    /// While a disk is calm nothing goes wrong: for those who only look.
    func setCalm(_ isCalm: Bool)
    /// Becomes a copy of another disk, as its last backup was; false where there is none.
    func take(from other: any SimulatedDisk) throws -> Bool
    /// Whether nothing witnesses that the store holds all that was answered.
    var isDoubtful: Bool { get }
}

/// What a disk can do wrong.
public enum DiskFault: String, CaseIterable, Sendable {
    /// One operation fails.
    case writeError, readError, syncError
    /// A write fails after a part of its sectors.
    case tornWrite
    /// A read gets fewer bytes than there are.
    case shortRead
    /// One bit is wrong: in what is read, or on the medium from then on.
    case flippedRead, flippedWrite
    /// A write goes to the next page.
    case misdirectedWrite
    /// There is no room for some more bytes, until all is healed.
    case full
    /// Syncs are answered and not done, until all is healed.
    case lostSync
}
