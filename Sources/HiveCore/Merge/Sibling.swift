/// One of several concurrent values of a register.
public struct Sibling: Sendable, Hashable {
    public let dot: Dot
    public let stamp: Stamp
    /// Who acted, as claimed in the body.
    public let agent: String?
    public let value: Value

    /// What a sibling holds.
    public enum Value: Sendable, Hashable {
        case inline(CBORValue)
        case blob(BlobReference)
        /// The body was erased: that there was a value is known, which is not.
        case gone
    }

    public init(dot: Dot, stamp: Stamp, agent: String?, value: Value) {
        self.dot = dot
        self.stamp = stamp
        self.agent = agent
        self.value = value
    }

    /// The value where it lies inside the document.
    public var inline: CBORValue? {
        guard case .inline(let value) = value else { return nil }
        return value
    }
}
