public import HiveCore

/// What a simulated node's store lives on. It survives the node.
public protocol SimulatedDisk: AnyObject {
    /// Opens the store as the last crash or stop left it.
    func open() throws -> any Store
    /// The process dies: what was not committed is gone, what was committed is there.
    func crash() throws
    /// Keeps a copy of the present state.
    func backup() throws
    /// Puts the copy in the place of the present state; false where there is no copy.
    func restore() throws -> Bool
}
