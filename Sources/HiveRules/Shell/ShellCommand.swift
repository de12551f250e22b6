public import HiveCEL

/// One sub-command of a shell command, as it will run: without quotes, variables set before it, and wrappers.
public struct ShellCommand: Sendable, Hashable, ObjectValue {
    /// The program's name without its folder.
    public let program: String
    public let arguments: [String]
    /// Variables that are set for this command alone.
    public let environment: [String: String]
    /// Files that it writes to by redirection.
    public let writes: [String]

    public static let typeName = "Command"
    public var typeName: String { Self.typeName }

    static let fields: [String: CELType] = [
        "program": .string, "args": .list(.string), "text": .string, "env": .map(.string, .string),
        "writes": .list(.string),
    ]

    /// Program and arguments separated by spaces.
    public var text: String { ([program] + arguments).joined(separator: " ") }

    public func member(_ name: String) -> Value? {
        switch name {
        case "program": .string(program)
        case "args": .list(arguments.map(Value.string))
        case "text": .string(text)
        case "env": .map(ValueMap(environment.mapValues(Value.string)))
        case "writes": .list(writes.map(Value.string))
        default: nil
        }
    }

    public func isEqual(to other: any ObjectValue) -> Bool { (other as? ShellCommand) == self }
}

/// Flags.
extension ShellCommand {
    /// Whether one of the flags is given: as it is, with a value (`--flag=x`), in a cluster (`-xf`), or abbreviated as
    /// far as a long option may be (`--forc`). What follows `--` is no flag.
    public func hasFlag(_ alternatives: [String]) -> Bool {
        let names = flagNames
        return alternatives.contains { flag in names.contains { Self.name($0, gives: flag) } }
    }

    private static func name(_ name: String, gives flag: String) -> Bool {
        if Bytes.areEqual(name, flag) { return true }
        return Bytes.hasPrefix(name, "--") && Bytes.hasPrefix(flag, name)
            && name.unicodeScalars.count >= shortestAbbreviation
    }

    /// Two dashes and two letters.
    private static let shortestAbbreviation = 4

    /// Every way in which the arguments before `--` may give a flag: each argument as it is, the name before a value,
    /// and each letter of a cluster.
    var flagNames: [String] {
        var names: [String] = []
        for argument in arguments.prefix(while: { $0 != "--" }) {
            names.append(argument)
            if argument.hasPrefix("--") {
                if let equals = argument.firstIndex(of: "=") { names.append(String(argument[..<equals])) }
            } else if argument.hasPrefix("-") {
                names += argument.dropFirst().prefix { $0.isLetter || $0.isNumber }.map { "-\($0)" }
            }
        }
        return names
    }

    /// A flag and the abbreviations of it that count.
    static func spellings(ofFlag flag: String) -> [String] {
        let name = Array(flag.unicodeScalars)
        guard flag.hasPrefix("--"), name.count > shortestAbbreviation else { return [flag] }
        return [flag]
            + (shortestAbbreviation..<name.count).map { length in
                String(String.UnicodeScalarView(name[..<length]))
            }
    }
}
