import Foundation
import NIOCore

/// Where a request came from.
struct RemoteAddress: Sendable, Hashable {
    /// As people write it, without the port.
    let text: String
    /// What is limited together: of IPv6 a network of 64 bits, which is one household.
    let group: String
    let isLoopback: Bool

    init(text: String, group: String? = nil, isLoopback: Bool = false) {
        self.text = text
        self.group = group ?? text
        self.isLoopback = isLoopback
    }

    /// Nil for what has no address of the Internet.
    init?(_ address: SocketAddress?) {
        guard let text = address?.ipAddress else { return nil }
        let bytes = Self.bytes(of: text) ?? []
        switch bytes.count {
        case 4: self.init(v4: bytes)
        case 16 where bytes.starts(with: Self.mappedPrefix): self.init(v4: Array(bytes.suffix(4)))
        case 16: self.init(v6: bytes, text)
        default: self.init(text: text)
        }
    }

    /// The bytes of an address of the Internet; nil for a text that is none.
    static func bytes(of text: String) -> [UInt8]? {
        var v4 = in_addr()
        if inet_pton(AF_INET, text, &v4) == 1 { return withUnsafeBytes(of: v4) { Array($0) } }
        var v6 = in6_addr()
        if inet_pton(AF_INET6, text, &v6) == 1 { return withUnsafeBytes(of: v6) { Array($0) } }
        return nil
    }

    /// `::ffff:0:0/96`, IPv4 in the clothes of IPv6.
    private static let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

    private init(v4 bytes: [UInt8]) {
        self.init(text: bytes.map { String($0) }.joined(separator: "."), isLoopback: bytes.first == 127)
    }

    private init(v6 bytes: [UInt8], _ text: String) {
        let network = stride(from: 0, to: 8, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
        let isLoopback = bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
        self.init(text: text, group: network.joined(separator: ":") + "::/64", isLoopback: isLoopback)
    }
}
