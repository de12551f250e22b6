import CZlib
public import HiveSync

/// Messages as zlib streams, at its fastest level: what is synced is text and hashes.
public struct DeflateCompressor: MessageCompressing {
    public init() {}

    public func compress(_ message: [UInt8]) -> [UInt8]? {
        var length = compressBound(uLong(message.count))
        var output = [UInt8](repeating: 0, count: Int(length))
        let status = compress2(&output, &length, message, uLong(message.count), Z_BEST_SPEED)
        // A tenth at least: less is not worth the work at the other end.
        guard status == Z_OK, Int(length) < message.count - message.count / 10 else { return nil }
        output.removeLast(output.count - Int(length))
        return output
    }

    public func decompress(_ bytes: [UInt8], length: Int) throws -> [UInt8] {
        // Deflate makes nothing longer than about a thousand times: more is a lie that would cost memory.
        guard length <= bytes.count * 1_040 + 64 else {
            throw TransportError(.malformedFrame, "a compressed message claims \(length) bytes for \(bytes.count)")
        }
        var output = [UInt8](repeating: 0, count: length)
        var written = uLong(length)
        guard uncompress(&output, &written, bytes, uLong(bytes.count)) == Z_OK, Int(written) == length else {
            throw TransportError(.malformedFrame, "a compressed message cannot be read")
        }
        return output
    }
}
