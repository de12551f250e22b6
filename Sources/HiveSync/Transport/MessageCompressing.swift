/// How long messages are made shorter on their way. Owned by sync; the code that does it is the transport's.
public protocol MessageCompressing: Sendable {
    /// Nil where it is not worth while.
    func compress(_ message: [UInt8]) -> [UInt8]?
    /// Throws a `TransportError` for bytes that are not compressed, or that are longer than said.
    func decompress(_ bytes: [UInt8], length: Int) throws -> [UInt8]
}
