/// A range of addresses in CIDR form, as in `10.0.0.0/8`.
public struct AddressRange: ObjectValue, Hashable {
    public let address: IPAddress
    public let length: Int

    public static let typeName = "net.CIDR"
    public var typeName: String { Self.typeName }

    public init(_ text: String) throws(IPAddress.Failure) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw IPAddress.Failure(message: "`\(text)` is no CIDR") }
        let address = try IPAddress(String(decoding: parts[0], as: UTF8.self))
        let digits = parts[1]
        guard (1...3).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }),
            digits.count == 1 || digits.first != UInt8(ascii: "0"), let length = Int(Substring(digits)),
            length <= address.bytes.count * 8
        else { throw IPAddress.Failure(message: "`\(text)` is no CIDR: the prefix length is wrong") }
        self.init(address, length: length)
    }

    init(_ address: IPAddress, length: Int) {
        self.address = address
        self.length = length
    }

    func contains(_ other: IPAddress) -> Bool {
        other.isVersion4 == address.isVersion4 && other.masked(length) == address.masked(length)
    }

    func contains(_ other: AddressRange) -> Bool { other.length >= length && contains(other.address) }

    public func member(_ name: String) -> Value? { nil }
    public func isEqual(to other: any ObjectValue) -> Bool { (other as? AddressRange) == self }
    public var text: String? { address.text.map { "\($0)/\(length)" } }
}
