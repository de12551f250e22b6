/// What several accounts of the same kind of thing have in common, in order.
public enum SharedSteps {
    /// Two steps are the same from this overlap of their words on.
    static let likeness = 0.5

    /// The steps of the first account that at least `count` of all accounts have, itself among them, each in an order
    /// that the others share with it.
    public static func of(_ accounts: [[String]], inAtLeast count: Int) -> [String] {
        guard let first = accounts.first else { return [] }
        let words = accounts.map { $0.map(WordOverlap.words(of:)) }
        var holders = [Int](repeating: 1, count: first.count)
        for other in words.dropFirst() {
            for place in commonPlaces(words[0], other) { holders[place] += 1 }
        }
        return first.indices.filter { holders[$0] >= count }.map { first[$0] }
    }

    /// The places in `left` of a longest common subsequence; of several, the one that takes the earliest places.
    private static func commonPlaces(_ left: [Set<String>], _ right: [Set<String>]) -> [Int] {
        let isSame = left.map { step in right.map { WordOverlap.of(step, $0) >= likeness } }
        var lengths = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
        for i in left.indices.reversed() {
            for j in right.indices.reversed() {
                lengths[i][j] =
                    isSame[i][j] ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
            }
        }
        var (i, j, places) = (0, 0, [Int]())
        while i < left.count, j < right.count {
            if isSame[i][j] {
                places.append(i)
                (i, j) = (i + 1, j + 1)
            } else if lengths[i + 1][j] >= lengths[i][j + 1] {
                i += 1
            } else {
                j += 1
            }
        }
        return places
    }
}
