/// A file as it was read: nothing is known of it but its path and its bytes.
public struct SourceFile: Sendable, Hashable {
    /// With `/` between folders, relative to where the check runs.
    public let path: String
    public let bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The part behind the last slash.
    public var name: Substring { path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...] }
}
