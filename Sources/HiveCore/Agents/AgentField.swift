/// The fields of agents in the roster. Numbers are part of signed bytes: given once, never reused.
public enum AgentField {
    public static let name: UInt64 = 8
    /// A register: the node that the agent acts through, 32 bytes.
    public static let node: UInt64 = 9
    public static let role: UInt64 = 10
    // What it declares that it can do.
    /// A set of words.
    public static let cognitive: UInt64 = 11
    public static let performanceTier: UInt64 = 12
    /// A register: a map of what it needs.
    public static let requirements: UInt64 = 13
    /// A register: a map of numbers.
    public static let limits: UInt64 = 14
    public static let description: UInt64 = 15
    public static let model: UInt64 = 16
    public static let client: UInt64 = 17
    /// A register: `[standing, reason or null]`.
    public static let standing: UInt64 = 18
    /// A register: when it was last heard, in Unix milliseconds; written by its home, at most daily.
    public static let lastHeard: UInt64 = 19

    public static let schema = KindSchema([
        name: .register, node: .register, role: .register, cognitive: .set, performanceTier: .register,
        requirements: .register, limits: .register, description: .register, model: .register, client: .register,
        standing: .register, lastHeard: .register,
    ])
}
