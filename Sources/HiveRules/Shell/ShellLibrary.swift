import HiveCEL

/// Makes commands known to conditions: `cmd`, `commands` and `hasFlag`.
enum ShellLibrary {
    static func declare(in environment: Environment) -> Environment {
        environment.declaring(object: ShellCommand.typeName, fields: ShellCommand.fields)
            .declaring(variable: "cmd", as: .object(ShellCommand.typeName))
            .declaring(variable: "commands", as: .list(.object(ShellCommand.typeName)))
            .declaring(function: hasFlag)
    }

    private static let hasFlag = FunctionDeclaration("hasFlag", isMember: true, arity: 2...17, result: .bool) {
        arguments throws(EvaluationError) in
        guard case .object(let object) = arguments[0], let command = object as? ShellCommand else {
            throw EvaluationError(.noSuchOverload, "`hasFlag` belongs to a command, as in cmd.hasFlag('--force')")
        }
        var flags: [String] = []
        for argument in arguments.dropFirst() {
            guard case .string(let flag) = argument else {
                throw EvaluationError(.noSuchOverload, "`hasFlag` takes texts")
            }
            flags.append(flag)
        }
        return .bool(command.hasFlag(flags))
    }
}
