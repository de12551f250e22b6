/// The fields of slash commands that every agent of the hive is to have.
public enum AgentCommandField {
    /// A register: what the command asks the model to do.
    public static let prompt: UInt64 = 8
    /// A register: one line for lists.
    public static let description: UInt64 = 9
    /// A register: what may follow the command's name.
    public static let argumentHint: UInt64 = 10
    /// A register: a number that grows with every change.
    public static let version: UInt64 = 11
    /// A register: the command's name.
    public static let name: UInt64 = 12
    static let schema = KindSchema([
        prompt: .register, description: .register, argumentHint: .register, version: .register, name: .register,
    ])
}
