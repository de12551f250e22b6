/// An address of the internet protocol, version 4 or 6. A version 4 address written in version 6 form
/// (`::ffff:c0a8:1`) is the version 4 address.
public struct IPAddress: ObjectValue, Hashable {
    /// 4 or 16 bytes.
    public let bytes: [UInt8]

    public static let typeName = "net.IP"
    public var typeName: String { Self.typeName }

    /// Why a text is no address.
    public struct Failure: Error, Sendable, Hashable {
        public let message: String
    }

    public init(_ text: String) throws(Failure) {
        if text.utf8.contains(UInt8(ascii: "%")) {
            throw Failure(message: "the address `\(text)` has a zone, which is not allowed")
        }
        if !text.utf8.contains(UInt8(ascii: ":")) {
            guard let bytes = Self.version4(text) else { throw Failure(message: "`\(text)` is no IP address") }
            self.bytes = bytes
            return
        }
        guard let bytes = Self.version6(text) else { throw Failure(message: "`\(text)` is no IP address") }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
        guard !isMapped || !text.utf8.contains(UInt8(ascii: ".")) else {
            throw Failure(message: "`\(text)` is an IPv4-mapped IPv6 address, which is not allowed")
        }
        self.bytes = isMapped ? Array(bytes[12...]) : bytes
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    private static func version4(_ text: String) -> [UInt8]? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ (48...57).contains($0) }),
                part.count == 1 || part.first != UInt8(ascii: "0"), let byte = UInt8(Substring(part))
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func version6(_ text: String) -> [UInt8]? {
        let colon = UInt8(ascii: ":")
        let bytes = Array(text.utf8)
        let gap = bytes.indices.first { $0 + 1 < bytes.count && bytes[$0] == colon && bytes[$0 + 1] == colon }
        guard let gap else {
            let groups = groups(bytes[...], isLast: true)
            return groups?.count == 16 ? groups : nil
        }
        guard let before = groups(bytes[..<gap], isLast: false), let after = groups(bytes[(gap + 2)...], isLast: true),
            before.count + after.count <= 14
        else { return nil }
        return before + [UInt8](repeating: 0, count: 16 - before.count - after.count) + after
    }

    /// Groups of up to four hexadecimal digits between colons, as bytes; at the end of the address the last may be an
    /// address of version 4.
    private static func groups(_ text: ArraySlice<UInt8>, isLast: Bool) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let groups = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        for (index, group) in groups.enumerated() {
            let digits = String(decoding: group, as: UTF8.self)
            if index == groups.count - 1, group.contains(UInt8(ascii: ".")) {
                guard isLast, let address = version4(digits) else { return nil }
                return bytes + address
            }
            guard (1...4).contains(group.count), !digits.hasPrefix("+"), !digits.hasPrefix("-"),
                let number = UInt16(digits, radix: 16)
            else { return nil }
            bytes += [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
        }
        return bytes
    }

    // MARK: Properties

    public var isVersion4: Bool { bytes.count == 4 }

    var isUnspecified: Bool { bytes.allSatisfy { $0 == 0 } }
    var isLoopback: Bool { isVersion4 ? bytes[0] == 127 : bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 } }
    var isMulticast: Bool { isVersion4 ? bytes[0] & 0xF0 == 0xE0 : bytes[0] == 0xFF }

    var isLinkLocalUnicast: Bool {
        isVersion4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    }

    var isLinkLocalMulticast: Bool {
        isVersion4 ? bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0 : bytes[0] == 0xFF && bytes[1] & 0x0F == 2
    }

    var isGlobalUnicast: Bool {
        !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
            && !(isVersion4 && bytes.allSatisfy { $0 == 255 })
    }

    /// The address with everything after so many bits set to zero.
    func masked(_ length: Int) -> IPAddress {
        IPAddress(
            bytes: bytes.enumerated().map { index, byte in
                let kept = min(8, max(0, length - index * 8))
                return byte & UInt8(truncatingIfNeeded: 0xFF00 >> kept)
            })
    }

    public func member(_ name: String) -> Value? { nil }
    public func isEqual(to other: any ObjectValue) -> Bool { (other as? IPAddress) == self }

    /// The canonical form; for version 6 that of RFC 5952.
    public var text: String? {
        if isVersion4 { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        var gap = 0..<0
        var start = 0
        while start < 8 {
            let length = groups[start...].prefix { $0 == 0 }.count
            if length > 1, length > gap.count { gap = start..<(start + length) }
            start += max(1, length)
        }
        let hex = { (groups: ArraySlice<UInt16>) in groups.map { String($0, radix: 16) }.joined(separator: ":") }
        return gap.isEmpty ? hex(groups[...]) : hex(groups[..<gap.lowerBound]) + "::" + hex(groups[gap.upperBound...])
    }
}
