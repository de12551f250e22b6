/// Names one element that an operation added to a set: the operation and the element's place in it.
public struct ElementDot: Sendable, Hashable, Comparable {
    public let dot: Dot
    public let index: UInt64

    public init(dot: Dot, index: UInt64) {
        self.dot = dot
        self.index = index
    }

    public static func < (left: ElementDot, right: ElementDot) -> Bool {
        left.dot == right.dot ? left.index < right.index : left.dot < right.dot
    }
}
