public import HiveCEL

/// One sub-command of a shell command, as it will run: without quotes, variables set before it, and wrappers.
public struct ShellCommand: Sendable, Hashable, ObjectValue {
    /// The program's name without its folder.
    public let program: String
    public let arguments: [String]

    public static let typeName = "Command"
    public var typeName: String { Self.typeName }

    /// Program and arguments separated by spaces.
    public var text: String { ([program] + arguments).joined(separator: " ") }

    public func member(_ name: String) -> Value? {
        switch name {
        case "program": .string(program)
        case "args": .list(arguments.map(Value.string))
        case "text": .string(text)
        default: nil
        }
    }

    public func isEqual(to other: any ObjectValue) -> Bool { (other as? ShellCommand) == self }

    /// Whether one of the flags is given: as it is, with a value (`--flag=x`), in a cluster (`-xf`), or abbreviated as
    /// far as a long option may be (`--forc`). What follows `--` is no flag.
    public func hasFlag(_ alternatives: [String]) -> Bool {
        arguments.prefix { $0 != "--" }.contains { argument in
            alternatives.contains { Self.argument(argument, gives: $0) }
        }
    }

    private static func argument(_ argument: String, gives flag: String) -> Bool {
        if argument == flag { return true }
        if flag.hasPrefix("--") {
            let name = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)[0]
            return name.count > 3 && name.hasPrefix("--") && flag.hasPrefix(name)
        }
        guard flag.count == 2, flag.hasPrefix("-"), let letter = flag.last, argument.hasPrefix("-"),
            !argument.hasPrefix("--")
        else { return false }
        return argument.dropFirst().prefix { $0.isLetter || $0.isNumber }.contains(letter)
    }
}
