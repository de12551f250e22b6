public import HiveCore

/// Message 29: another message, compressed. Only nodes that named `deflate` in their hello get one.
public struct CompressedMessage: Sendable, Hashable {
    /// How long the message is that is in it.
    public let length: Int
    public let bytes: [UInt8]

    public static let feature = "deflate"
    /// Shorter messages are sent as they are.
    public static let smallest = 1_024
    /// No message is longer, however short it came.
    public static let longest = 96 << 20
    private static let number: UInt64 = 29

    public init(length: Int, bytes: [UInt8]) {
        self.length = length
        self.bytes = bytes
    }

    public func encoded() -> [UInt8] {
        var encoder = CBOREncoder(reserving: bytes.count + 16)
        encoder.beginArray(count: 3)
        encoder.encode(unsigned: Self.number)
        encoder.encode(unsigned: UInt64(length))
        encoder.encode(bytes: bytes)
        return encoder.bytes
    }

    /// Nil for any other message. Throws where the number is this one's and the rest is not.
    public init?(decoding message: [UInt8]) throws(CBORError) {
        // An array of three, and 29 as one byte and an argument: cheap to tell apart.
        guard message.starts(with: [0x83, 0x18, UInt8(Self.number)]) else { return nil }
        var decoder = CBORDecoder(message)
        try decoder.expectArray(count: 3)
        _ = try decoder.decodeUnsigned()
        let length = try decoder.decodeUnsigned()
        guard length <= UInt64(Self.longest) else { throw decoder.refusal("no message is that long") }
        self.init(length: Int(length), bytes: try decoder.decodeBytes())
        try decoder.finish()
    }
}
