/// The fields of messages. Numbers are part of signed bytes: given once, never reused.
public enum MessageField {
    public static let text: UInt64 = 8
    public static let subject: UInt64 = 9
    /// A register: `tell`, `ask`, `answer` or `broadcast`.
    public static let kind: UInt64 = 10
    /// A register: the agent that sends it, as it calls itself; null for a person.
    public static let from: UInt64 = 11
    /// A register: a list of `[what, name, node]`.
    public static let recipients: UInt64 = 12
    /// A register: the message that this one answers, 16 bytes.
    public static let inReplyTo: UInt64 = 13
    /// A register: the message that the thread began with, 16 bytes.
    public static let thread: UInt64 = 14
    /// A register: 0 low, 1 normal, 2 high, 3 urgent.
    public static let priority: UInt64 = 15
    /// A register: Unix milliseconds.
    public static let expires: UInt64 = 16
    /// A register: until when whoever asked waits, in Unix milliseconds.
    public static let deadline: UInt64 = 17
    /// A register: a memory that the message is about, in hexadecimal.
    public static let memory: UInt64 = 18
    public static let category: UInt64 = 19
    /// A list of `[agent, node, delivered or read, Unix milliseconds]`.
    public static let receipts: UInt64 = 20

    public static let schema = KindSchema([
        text: .register, subject: .register, kind: .register, from: .register, recipients: .register,
        inReplyTo: .register, thread: .register, priority: .register, expires: .register, deadline: .register,
        memory: .register, category: .register, receipts: .list,
    ])
}
