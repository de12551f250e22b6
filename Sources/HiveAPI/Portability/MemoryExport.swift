/// An export under way: the memories as they were when it began, in order of their ids.
public struct MemoryExport: Sendable {
    /// About how many lines there will be, for a progress bar: all memories, whether they pass the filters or not.
    public let total: Int
    /// Pieces of JSON Lines: each is whole lines, with the line feed that ends each. They are made as they are taken.
    public let pieces: any AsyncSequence<[UInt8], any Error> & Sendable

    public init(total: Int, pieces: any AsyncSequence<[UInt8], any Error> & Sendable) {
        self.total = total
        self.pieces = pieces
    }
}
