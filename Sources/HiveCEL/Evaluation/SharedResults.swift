/// What shared parts have given so far, for one set of values of the variables. For one thread.
public final class SharedResults {
    /// A value, and how many steps it took.
    struct Result {
        let value: Value
        let steps: Int
    }

    private var results: [Result?]

    public init(for shared: SharedExpressions) { results = Array(repeating: nil, count: shared.count) }

    subscript(place: Int) -> Result? {
        get { results[place] }
        set { results[place] = newValue }
    }
}
