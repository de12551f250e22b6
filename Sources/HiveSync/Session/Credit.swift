/// How much a reader takes in one answer. It travels in the request, so none can be lost apart from what it is for: what is
/// on its way to a node is at most its window times this.
public struct Credit: Sendable, Hashable {
    public let operations: UInt64
    /// An answer goes on to the next checkpoint all the same; without one nothing of it could be verified.
    public let bytes: UInt64

    public init(operations: UInt64, bytes: UInt64) {
        self.operations = operations
        self.bytes = bytes
    }

    /// What a node gives where nobody says more, and the most that it grants to others.
    public static let standard = Credit(operations: 1024, bytes: 1 << 20)

    /// No more than the standard, whatever a peer asks for.
    var bounded: Credit {
        Credit(
            operations: min(max(operations, 1), Self.standard.operations), bytes: min(bytes, Self.standard.bytes))
    }
}
