/// A part of the input that guards look at. Its values are texts; some fields have several.
enum InputField: Sendable, Hashable, CustomStringConvertible {
    /// Such as `tool`.
    case top(String)
    /// Such as `git.branch`, or the elements of `agent.roles`.
    case nested(String, String)
    /// The programs of all sub-commands.
    case program
    /// The texts of all sub-commands.
    case commandText
    /// The arguments of all sub-commands, each as a whole.
    case argument
    /// What the arguments of all sub-commands give as flags.
    case flag

    /// Whether it is asked of one sub-command at a time.
    var isOfCommand: Bool {
        switch self {
        case .top, .nested: false
        case .program, .commandText, .argument, .flag: true
        }
    }

    var description: String {
        switch self {
        case .top(let name): name
        case .nested(let object, let name): "\(object).\(name)"
        case .program: "cmd.program"
        case .commandText: "cmd.text"
        case .argument: "cmd.args"
        case .flag: "cmd.hasFlag"
        }
    }

    /// The texts that one sub-command has for the field.
    func texts(of command: ShellCommand) -> [String] {
        switch self {
        case .program: [command.program]
        case .commandText: [command.text]
        case .argument: command.arguments
        case .flag: command.flagNames
        case .top, .nested: []
        }
    }
}
