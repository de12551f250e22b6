/// Where the variables of an environment are: their places in the order of their names. Two environments have the same
/// places only if one came from the other without another variable.
public final class VariablePlaces: Sendable {
    let names: [String]
    private let places: [String: Int]

    init(_ names: some Sequence<String>) {
        self.names = names.sorted()
        places = Dictionary(uniqueKeysWithValues: self.names.enumerated().map { ($0.element, $0.offset) })
    }

    func place(of name: String) -> Int? { places[name] }
}
