/// A disk that does wrong what it is told to do wrong.
public protocol FailingDisk: AnyObject {
    /// Something goes wrong soon, or from now on until all is healed.
    func arm(_ fault: DiskFault, after operations: Int)
    /// Nothing goes wrong any more, and there is room again.
    func heal()
    /// While a disk is calm nothing goes wrong: for those who only look.
    func setCalm(_ isCalm: Bool)
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
