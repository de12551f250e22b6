/// Decides whether types fit each other, and remembers what unknown types turn out to be.
struct Unifier {
    private var found: [Int: CELType] = [:]
    /// What was known of unknown types before each discovery, so that a failed attempt can be taken back.
    private var trail: [(number: Int, before: CELType?)] = []
    private var lastUnknown = 0

    mutating func fresh() -> CELType {
        lastUnknown += 1
        return .unknown(lastUnknown)
    }

    /// A signature with type parameters of its own.
    mutating func instance(of signature: FunctionDeclaration.Signature) -> FunctionDeclaration.Signature {
        var names: [String: CELType] = [:]
        var next = lastUnknown
        let replacement: (CELType) -> CELType? = { type in
            guard case .parameter(let name) = type else { return nil }
            if let known = names[name] { return known }
            next += 1
            names[name] = .unknown(next)
            return .unknown(next)
        }
        let parameters = signature.parameters.map { $0.replacing(replacement) }
        let result = signature.result.replacing(replacement)
        lastUnknown = next
        return FunctionDeclaration.Signature(parameters, result)
    }

    /// The type with everything that was found out filled in; what is still unknown stays so.
    func resolved(_ type: CELType) -> CELType {
        type.replacing { part in
            guard case .unknown(let number) = part, let known = found[number] else { return nil }
            return resolved(known)
        }
    }

    /// The type with `dyn` for everything that nobody found out.
    func settled(_ type: CELType) -> CELType {
        resolved(type).replacing { part in
            if case .unknown = part { return .dyn }
            return nil
        }
    }

    // MARK: Fitting

    /// Whether values of one type may stand where the other is expected. Remembers what it finds only if so.
    mutating func assign(_ types: [CELType], to expected: [CELType]) -> Bool {
        let mark = trail.count
        for (type, expected) in zip(types, expected) {
            guard assign(type, to: expected) else {
                for entry in trail[mark...].reversed() { found[entry.number] = entry.before }
                trail.removeSubrange(mark...)
                return false
            }
        }
        return true
    }

    private mutating func assign(_ type: CELType, to expected: CELType) -> Bool {
        if case .unknown(let number) = expected {
            if let fits = narrow(number, to: type) { return fits }
        }
        if case .unknown(let number) = type { return narrow(number, to: expected) ?? false }
        switch (type, expected) {
        case (.dyn, _), (_, .dyn): return true
        case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)):
            return assign(left, to: right)
        case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
            return assign(leftKey, to: rightKey) && assign(leftValue, to: rightValue)
        case (.type, .typeOf), (.typeOf, .type), (.typeOf, .typeOf): return true
        case (.abstract(let left, let leftParameters), .abstract(let right, let rightParameters)):
            return left == right && leftParameters.count == rightParameters.count
                && assign(leftParameters, to: rightParameters)
        case (.null, let other), (let other, .null): return Self.mayBeNull(other)
        case (let left, let right): return left == right
        }
    }

    /// Lets an unknown type be the given one; what it was already must fit, and the more general of the two stays. Nil
    /// where the type would contain itself.
    private mutating func narrow(_ number: Int, to type: CELType) -> Bool? {
        if type == .unknown(number) { return true }
        if let known = found[number] {
            if type == known { return true }
            guard assign(type, to: known) else { return false }
            let general = Self.isAsGeneral(type, as: known) ? type : known
            if general != known, !mentions(general, number) { learn(number, general) }
            return true
        }
        guard !mentions(type, number) else { return nil }
        learn(number, type)
        return true
    }

    private mutating func learn(_ number: Int, _ type: CELType) {
        trail.append((number, found[number]))
        found[number] = type
    }

    private func mentions(_ type: CELType, _ number: Int) -> Bool {
        var isFound = false
        _ = type.replacing { part in
            guard case .unknown(let other) = part, !isFound else { return nil }
            if other == number { isFound = true } else if let known = found[other] { isFound = mentions(known, number) }
            return nil
        }
        return isFound
    }

    private static func mayBeNull(_ type: CELType) -> Bool {
        switch type {
        case .null, .object, .timestamp, .duration, .abstract, .optional: true
        default: false
        }
    }

    // MARK: Joining

    /// The type that fits two, for elements of one list: the more general one, or `dyn`.
    mutating func join(_ left: CELType?, _ right: CELType) -> CELType {
        guard let left else { return right }
        guard assign([left], to: [right]) else { return .dyn }
        return Self.isAsGeneral(left, as: right) ? left : right
    }

    private static func isAsGeneral(_ left: CELType, as right: CELType) -> Bool {
        switch (left, right) {
        case (.dyn, _), (.unknown, _): true
        case (_, .dyn), (_, .unknown): false
        case (_, .null): true
        case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)):
            isAsGeneral(left, as: right)
        case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
            isAsGeneral(leftKey, as: rightKey) && isAsGeneral(leftValue, as: rightValue)
        case (.abstract(_, let left), .abstract(_, let right)): zip(left, right).allSatisfy { isAsGeneral($0, as: $1) }
        case (.typeOf, .typeOf), (.type, .typeOf), (.typeOf, .type): true
        default: left == right
        }
    }
}
