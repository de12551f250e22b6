/// The name of one operation: its log and its number there, counted from 1.
public struct Dot: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let log: LogID
    public let number: UInt64

    public init(log: LogID, number: UInt64) {
        self.log = log
        self.number = number
    }

    public static func < (left: Dot, right: Dot) -> Bool {
        left.log == right.log ? left.number < right.number : left.log < right.log
    }

    public var description: String { "\(log.short)#\(number)" }
}
