/// Who a certificate is of and who signed it, as far as that tells whether it was made by its own subject (RFC 5280, 4.1).
struct CertificateNames: Sendable, Hashable {
    let issuer: [UInt8]
    let subject: [UInt8]

    var areEqual: Bool { issuer == subject }

    /// Nil for bytes that are no certificate in DER.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        guard var certificate = Self.take(0x30, &rest), var body = Self.take(0x30, &certificate) else { return nil }
        // The version is left out where it is 1.
        if body.first == 0xA0 { _ = Self.take(0xA0, &body) }
        guard Self.take(0x02, &body) != nil, Self.take(0x30, &body) != nil, let issuer = Self.take(0x30, &body),
            Self.take(0x30, &body) != nil, let subject = Self.take(0x30, &body)
        else { return nil }
        self.issuer = Array(issuer)
        self.subject = Array(subject)
    }

    /// The contents of the element at the front, which is taken away; nil where it has another tag or is broken.
    private static func take(_ tag: UInt8, _ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard bytes.popFirst() == tag, let first = bytes.popFirst() else { return nil }
        var length = Int(first)
        if first >= 0x80 {
            length = 0
            let digits = Int(first & 0x7F)
            guard (1...4).contains(digits), bytes.count >= digits else { return nil }
            for _ in 0..<digits { length = length << 8 | Int(bytes.removeFirst()) }
        }
        guard length <= bytes.count else { return nil }
        defer { bytes = bytes.dropFirst(length) }
        return bytes.prefix(length)
    }
}
