import HiveCEL

/// Which kinds of error the message of a conformance case stands for.
enum ErrorHint {
    /// The first part that a message contains decides.
    private static let table: [(part: String, kinds: Set<EvaluationError.Kind>)] = [
        ("undeclared reference", [.unknownVariable, .unknownFunction]), ("unknown variable", [.unknownVariable]),
        ("unbound function", [.unknownFunction]), ("no such key", [.noSuchKey]), ("no such field", [.noSuchField]),
        ("unsupported key type", [.unsupportedKeyType]), ("field selection", [.noSuchOverload]),
        ("repeated key", [.duplicateKey]), ("duplicate", [.duplicateKey]), ("already exists", [.duplicateKey]),
        ("divi", [.divideByZero]), ("modulus", [.divideByZero]),
        // One case expects the division by zero on the right of an `||` under this hint.
        ("no matching overload", [.noSuchOverload, .divideByZero]), ("overload", [.noSuchOverload]),
        ("return error for overflow", [.overflow]), ("index out of range", [.indexOutOfRange]),
        ("index out of bounds", [.indexOutOfRange]), ("invalid substring range", [.indexOutOfRange]),
        ("invalid_argument", [.invalidArgument, .indexOutOfRange]), ("formatting", [.invalidArgument]),
        ("index ", [.indexOutOfRange, .invalidArgument]), ("range", [.overflow]), ("overflow", [.overflow]),
        ("negative offset", [.invalidArgument]), ("utf-8", [.typeConversion]),
        ("type conversion", [.typeConversion]), ("parse error", [.typeConversion]), ("not allowed", [.typeConversion]),
        ("optional.none() dereference", [.emptyOptional]),
    ]

    /// Nil for a message that stands for no kind of its own: any error will do.
    static func kinds(for hint: String) -> Set<EvaluationError.Kind>? {
        let text = hint.lowercased()
        return table.first { text.contains($0.part) }?.kinds
    }
}
