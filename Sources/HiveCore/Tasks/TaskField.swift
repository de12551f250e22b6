/// The fields of a task. What was asked for is written once, by whoever delegates; what becomes of it is a list that only
/// grows.
public enum TaskField {
    /// A register: one line of text.
    public static let title: UInt64 = 8
    /// A register: text.
    public static let details: UInt64 = 9
    /// A set of texts: what its agent must be able to do.
    public static let capabilities: UInt64 = 10
    /// A register: 1 to 1000, the greater the more important.
    public static let priority: UInt64 = 11
    /// A register: Unix milliseconds after which the result is of no use.
    public static let deadline: UInt64 = 12
    /// A register: the agent that it is for; with a choice of "named" only.
    public static let addressee: UInt64 = 13
    /// A register: how its agent is found, a word of `TaskChoice.Mode`.
    public static let choice: UInt64 = 14
    /// A register: the document that it is a part of, in hexadecimal.
    public static let parent: UInt64 = 15
    /// A set of documents in hexadecimal that must be completed before.
    public static let dependencies: UInt64 = 16
    /// A list: what was asked about the task and what its home ruled, as `TaskEntry` has it.
    public static let course: UInt64 = 17
    /// A register: how often it may be begun.
    public static let attempts: UInt64 = 18
    /// A register: for how many seconds nothing may be heard of its holder.
    public static let lease: UInt64 = 19
    /// A register: the node of the agent that it is for, 32 bytes; missing where any agent of that name will do.
    public static let addresseeNode: UInt64 = 20

    static let schema = KindSchema([
        title: .register, details: .register, capabilities: .set, priority: .register, deadline: .register,
        addressee: .register, choice: .register, parent: .register, dependencies: .set, course: .list,
        attempts: .register, lease: .register, addresseeNode: .register,
    ])
}
