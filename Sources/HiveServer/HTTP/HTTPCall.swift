import HiveAPI

/// A whole HTTP request as a value.
struct HTTPCall: Sendable {
    let method: String
    /// Path and query as they came.
    let target: String
    let headers: [(name: String, value: String)]
    let body: [UInt8]
    /// Where it came from; nil where it came over no socket.
    let address: RemoteAddress?
    /// Whether it came by TLS.
    let isSecure: Bool

    init(
        method: String, target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        address: RemoteAddress? = nil, isSecure: Bool = false
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.address = address
        self.isSecure = isSecure
    }

    /// The same call with its body.
    func with(body: [UInt8]) -> HTTPCall {
        HTTPCall(
            method: method, target: target, headers: headers, body: body, address: address, isSecure: isSecure)
    }

    /// The first header of this name, whatever its case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }

    /// Whether the head announces a body.
    var hasBody: Bool { header("transfer-encoding") != nil || (header("content-length") ?? "0") != "0" }

    var path: Substring { target.prefix { $0 != "?" } }
    var query: Substring { target.dropFirst(path.count + 1) }

    /// The path's parts, decoded. Throws `invalid_input` for a broken escape.
    func pathParts() throws -> [String] {
        try path.split(separator: "/").map { try Self.decoded($0, plusIsSpace: false) }
    }

    /// The parameters in their order. Throws `invalid_input` for a broken escape.
    func queryParts() throws -> [(name: String, value: String)] {
        try query.split(separator: "&").map { part in
            let name = part.prefix { $0 != "=" }
            let value = part.dropFirst(name.count + 1)
            return (try Self.decoded(name, plusIsSpace: true), try Self.decoded(value, plusIsSpace: true))
        }
    }

    /// The token of an `Authorization: Bearer` header.
    var bearerToken: String? {
        guard let value = header("authorization") else { return nil }
        let parts = value.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    /// Who the caller says it is: the header `Hive-Agent`, percent-encoded.
    func agentName() throws -> String? {
        guard let value = header("hive-agent"), !value.isEmpty else { return nil }
        let name = try Self.decoded(value[...], plusIsSpace: false)
        guard name.utf8.count <= 256 else { throw HiveError(.tooLarge, "the agent's name is longer than 256 bytes") }
        return name
    }

    private static func decoded(_ text: Substring, plusIsSpace: Bool) throws -> String {
        var output: [UInt8] = []
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "+") where plusIsSpace: output.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = bytes.next().flatMap(hexDigit), let low = bytes.next().flatMap(hexDigit) else {
                    throw HiveError(.invalidInput, "the address has a broken `%` escape", hint: "write `%` as `%25`")
                }
                output.append(high << 4 | low)
            default: output.append(byte)
            }
        }
        guard let decoded = String(validating: output, as: UTF8.self) else {
            throw HiveError(.invalidInput, "the address is not valid UTF-8")
        }
        return decoded
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        guard byte < 0x80 else { return nil }
        return Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
