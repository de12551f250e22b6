/// The cells of an index that a search has come to, each once, in the order in which it found them.
struct CellSearch {
    private var cells: [Int]
    private var position = 0
    /// The same cells; empty while they are so few that looking through them is faster.
    private var known: Set<Int> = []

    private static let lookedThrough = 16

    /// Begins at the first cell.
    init() {
        cells = []
        cells.reserveCapacity(8)
        cells.append(0)
    }

    /// The next cell to look at; nil where there is none.
    mutating func next() -> Int? {
        guard position < cells.count else { return nil }
        defer { position += 1 }
        return cells[position]
    }

    mutating func add(_ cell: Int) {
        if cells.count <= Self.lookedThrough {
            guard !cells.contains(cell) else { return }
            if cells.count == Self.lookedThrough { known = Set(cells + [cell]) }
        } else {
            guard known.insert(cell).inserted else { return }
        }
        cells.append(cell)
    }
}
