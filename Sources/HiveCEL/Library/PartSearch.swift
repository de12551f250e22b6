/// Finds a part in a sequence in time linear in both, whatever they are (the algorithm of Knuth, Morris and Pratt).
struct PartSearch<Element: Equatable> {
    private let part: [Element]
    /// For each beginning of the part: how long the longest shorter beginning is that also ends it.
    private let borders: [Int]

    init(_ part: [Element]) {
        self.part = part
        var borders = Array(repeating: 0, count: part.count)
        var length = 0
        for index in part.indices.dropFirst() {
            while length > 0, part[index] != part[length] { length = borders[length - 1] }
            if part[index] == part[length] { length += 1 }
            borders[index] = length
        }
        self.borders = borders
    }

    /// Where the part begins first at or after a place; nil where it does not.
    func first(in whole: some RandomAccessCollection<Element>, from start: Int = 0) -> Int? {
        guard !part.isEmpty else { return start <= whole.count ? start : nil }
        guard start <= whole.count else { return nil }
        var matched = 0
        for (offset, element) in whole.dropFirst(start).enumerated() {
            while matched > 0, element != part[matched] { matched = borders[matched - 1] }
            if element == part[matched] { matched += 1 }
            if matched == part.count { return start + offset + 1 - matched }
        }
        return nil
    }
}
