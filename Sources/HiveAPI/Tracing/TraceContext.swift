/// Which span of which trace something belongs to: the `traceparent` of W3C Trace Context, level 1.
public struct TraceContext: Sendable, Hashable {
    /// 16 bytes, not all zero.
    public let trace: [UInt8]
    /// 8 bytes, not all zero.
    public let span: [UInt8]
    /// Whether whoever began the trace keeps it.
    public let isSampled: Bool

    /// Nil for ids of other lengths, or of zeros alone.
    public init?(trace: [UInt8], span: [UInt8], isSampled: Bool) {
        guard trace.count == 16, span.count == 8, trace.contains(where: { $0 != 0 }), span.contains(where: { $0 != 0 })
        else { return nil }
        self.trace = trace
        self.span = span
        self.isSampled = isSampled
    }

    /// Nil for a text that is no `traceparent`. Versions to come are read as far as they are like this one.
    public init?(traceparent text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 55, bytes[2] == 0x2D, bytes[35] == 0x2D, bytes[52] == 0x2D,
            let version = Self.bytes(bytes[0..<2]), let trace = Self.bytes(bytes[3..<35]),
            let span = Self.bytes(bytes[36..<52]), let flags = Self.bytes(bytes[53..<55]), version[0] != 0xFF,
            version[0] == 0 ? bytes.count == 55 : bytes.count == 55 || bytes[55] == 0x2D
        else { return nil }
        self.init(trace: trace, span: span, isSampled: flags[0] & 1 == 1)
    }

    /// As it travels in a header.
    public var traceparent: String { "00-\(traceText)-\(spanText)-\(isSampled ? "01" : "00")" }

    public var traceText: String { Self.text(trace) }
    public var spanText: String { Self.text(span) }

    private static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Small hexadecimal digits alone, as the standard wants them.
    private static func bytes(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var output: [UInt8] = []
        var high: UInt8?
        for byte in text {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: return nil
            }
            if let first = high {
                output.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return output
    }
}
