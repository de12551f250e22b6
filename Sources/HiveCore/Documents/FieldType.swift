/// How concurrent writes to a field meet.
public enum FieldType: UInt8, Sendable, Hashable {
    /// Keeps every concurrent value as a sibling until a write that saw it replaces it.
    case register = 0
    /// Add-wins: a removal removes only the additions that it saw.
    case set = 1
    /// Append-only, ordered by stamp, then dot.
    case list = 2
    /// One slot per log, read by sum, maximum or count.
    case tally = 3
}
