import HiveCEL

/// Makes the detector known to conditions: `secrets(content)` lists the kinds of secrets in a text, `hasSecret(content)`
/// says whether there is one.
enum SecretLibrary {
    static func declare(in environment: Environment) -> Environment {
        environment.declaring(function: secrets).declaring(function: hasSecret)
    }

    private static let secrets = FunctionDeclaration(
        "secrets", isMember: false, arity: 1...1, signatures: [.init([.string], .list(.string))]
    ) { arguments throws(EvaluationError) in
        .list(SecretDetector.kinds(in: try text(arguments, of: "secrets")).map(Value.string))
    }

    private static let hasSecret = FunctionDeclaration(
        "hasSecret", isMember: false, arity: 1...1, signatures: [.init([.string], .bool)]
    ) { arguments throws(EvaluationError) in
        .bool(!SecretDetector.kinds(in: try text(arguments, of: "hasSecret")).isEmpty)
    }

    private static func text(_ arguments: [Value], of function: String) throws(EvaluationError) -> String {
        guard case .string(let text) = arguments[0] else {
            throw EvaluationError(.noSuchOverload, "`\(function)` takes a text, as in \(function)(content)")
        }
        return text
    }
}
