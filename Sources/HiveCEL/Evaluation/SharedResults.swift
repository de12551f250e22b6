/// What shared parts have given so far, for one set of values of the variables. For one thread.
public final class SharedResults {
    /// A value, and how many steps it took.
    struct Result {
        let value: Value
        let steps: Int
    }

    private let count: Int
    /// By place; nothing before the first result.
    private var dense: [Result?] = []
    /// The same where there are many places: making room for all of them would take longer than all the rest, however few
    /// of them anybody asks for.
    private var sparse: [Int: Result] = [:]

    private static let mostDense = 64

    public init(for shared: SharedExpressions) { count = shared.count }

    subscript(place: Int) -> Result? {
        get {
            if count > Self.mostDense { return sparse[place] }
            return dense.isEmpty ? nil : dense[place]
        }
        set {
            if count > Self.mostDense {
                sparse[place] = newValue
            } else {
                if dense.isEmpty { dense = Array(repeating: nil, count: count) }
                dense[place] = newValue
            }
        }
    }
}
