public import HiveAPI

/// One thing that a reader found in a file: the JSON of a `PortableMemory`, or why there is none.
public struct ReadMemory: Sendable {
    /// The line, or the place in the file's list, from 1 on.
    public let number: Int
    public let result: Result<JSONValue, HiveError>

    public init(number: Int, _ result: Result<JSONValue, HiveError>) {
        self.number = number
        self.result = result
    }
}
