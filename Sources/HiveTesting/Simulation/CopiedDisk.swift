/// A disk whose past states come back.
public protocol CopiedDisk: AnyObject {
    /// Keeps a copy of the present state.
    func backup() throws
    /// Puts the copy in the place of the present state; false where there is no copy.
    func restore() throws -> Bool
    /// The disk is a new one.
    func wipe() throws
    /// Becomes a copy of another disk, as its last backup was; false where there is none.
    func take(from other: any SimulatedDisk) throws -> Bool
}
