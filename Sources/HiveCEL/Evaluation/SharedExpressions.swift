/// Parts that several expressions have in common: calls and macros that look at the same things. Programs that are
/// compiled with it evaluate each such part once for all of them, as long as they are given the same ``SharedResults``.
///
/// Sharing changes no answer: a part costs every program that asks for it the same number of steps, and what fails is
/// evaluated again, so that the error tells of its own place.
public struct SharedExpressions: Sendable {
    private let places: [String: Int]

    /// Nothing is shared.
    public static let none = SharedExpressions(places: [:])

    private init(places: [String: Int]) { self.places = places }

    /// What is in at least two places of these expressions. Variables that do not have one value for all programs, such as
    /// a program's own parameters, must be among `excluding`.
    public init(of expressions: [Expression], excluding: Set<String> = []) {
        var counts: [String: Int] = [:]
        for expression in expressions { Self.count(expression, excluding, &counts) }
        let shared = counts.filter { $0.value > 1 }.keys.sorted()
        places = Dictionary(uniqueKeysWithValues: shared.enumerated().map { ($0.element, $0.offset) })
    }

    /// How many parts are shared.
    public var count: Int { places.count }

    /// The place of a part among the results; nil where it is not shared. `isLocal` knows the names that macros around
    /// it make.
    func place(of expression: Expression, isLocal: (String) -> Bool) -> Int? {
        guard !places.isEmpty, Self.isWorthSharing(expression), let place = places[unparse(expression)] else {
            return nil
        }
        return Self.freeNames(of: expression).contains(where: isLocal) ? nil : place
    }

    private static func count(_ expression: Expression, _ excluded: Set<String>, _ counts: inout [String: Int]) {
        if isWorthSharing(expression), freeNames(of: expression).isDisjoint(with: excluded) {
            counts[unparse(expression), default: 0] += 1
        }
        switch expression.form {
        case .comprehension(let comprehension):
            count(comprehension.range, excluded, &counts)
            for part in [comprehension.predicate, comprehension.transform].compactMap(\.self) {
                count(part, excluded.union(comprehension.variables), &counts)
            }
        case .binding(let binding):
            count(binding.value, excluded, &counts)
            count(binding.body, excluded.union([binding.variable]), &counts)
        // Its parts have names that only the block knows.
        case .block: break
        default: for child in expression.form.children { count(child, excluded, &counts) }
        }
    }

    /// Operators and names cost no more than looking up what they gave.
    private static func isWorthSharing(_ expression: Expression) -> Bool {
        switch expression.form {
        case .comprehension: true
        case .call(let function, let target, _): target != nil || !OperatorPlan.isOperator(function)
        default: false
        }
    }

    /// The names that an expression does not make itself.
    private static func freeNames(of expression: Expression) -> Set<String> {
        switch expression.form {
        case .identifier(let name): return [name]
        case .comprehension(let comprehension):
            var names: Set<String> = []
            for part in [comprehension.predicate, comprehension.transform].compactMap(\.self) {
                names.formUnion(freeNames(of: part))
            }
            return names.subtracting(comprehension.variables).union(freeNames(of: comprehension.range))
        case .binding(let binding):
            return freeNames(of: binding.body).subtracting([binding.variable]).union(freeNames(of: binding.value))
        default: return expression.form.children.reduce(into: []) { $0.formUnion(freeNames(of: $1)) }
        }
    }
}
