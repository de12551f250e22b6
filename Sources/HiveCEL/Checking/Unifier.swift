/// Decides whether types fit each other, and remembers what unknown types turn out to be.
struct Unifier {
    private var found: [Int: CELType] = [:]
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

    /// Whether values of one type may stand where the other is expected. Remembers what it finds only if so.
    mutating func assign(_ types: [CELType], to expected: [CELType]) -> Bool {
        let before = found
        for (type, expected) in zip(types, expected) {
            guard assign(type, to: expected) else {
                found = before
                return false
            }
        }
        return true
    }

    mutating func assign(_ type: CELType, to expected: CELType) -> Bool {
        switch (resolved(type), resolved(expected)) {
        case (.unknown(let left), .unknown(let right)) where left == right: return true
        case (let other, .unknown(let number)): return bind(number, to: other)
        case (.unknown(let number), let other): return bind(number, to: other)
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

    private static func mayBeNull(_ type: CELType) -> Bool {
        switch type {
        case .null, .object, .timestamp, .duration, .abstract: true
        default: false
        }
    }

    private mutating func bind(_ number: Int, to type: CELType) -> Bool {
        guard !mentions(type, number) else { return false }
        found[number] = type
        return true
    }

    private func mentions(_ type: CELType, _ number: Int) -> Bool {
        var isFound = false
        _ = resolved(type).replacing { part in
            if part == .unknown(number) { isFound = true }
            return nil
        }
        return isFound
    }

    /// The type that fits two, for elements of one list: the more general one, or `dyn`.
    mutating func join(_ left: CELType?, _ right: CELType) -> CELType {
        guard let left else { return right }
        guard assign([left], to: [right]) else { return .dyn }
        return isMoreGeneral(right, than: left) ? right : left
    }

    private func isMoreGeneral(_ left: CELType, than right: CELType) -> Bool {
        switch (resolved(left), resolved(right)) {
        case (.dyn, _): true
        case (.unknown, _), (_, .dyn): false
        case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)):
            isMoreGeneral(left, than: right)
        case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
            isMoreGeneral(leftKey, than: rightKey) || isMoreGeneral(leftValue, than: rightValue)
        default: false
        }
    }
}
