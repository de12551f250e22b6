import HiveAPI
import HiveServer
import Testing

@Suite struct ListenAddressTests {
    @Test("An address is a host and a port", arguments: [
        ("127.0.0.1:8899", "127.0.0.1", 8899, true), ("[::1]:0", "::1", 0, true), ("0.0.0.0:80", "0.0.0.0", 80, false),
        ("localhost:1", "localhost", 1, true), ("box.example:65535", "box.example", 65_535, false),
    ])
    func reading(text: String, host: String, port: Int, isLoopback: Bool) throws {
        let address = try ListenAddress(text)
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address.isLoopback == isLoopback)
        #expect(address.description == text)
    }

    @Test("Anything else is refused", arguments: ["", ":80", "box", "box:", "box:x", "box:65536", "box:-1", "::1:80"])
    func refusing(text: String) {
        #expect(throws: HiveError(.invalidInput, "")) { try ListenAddress(text) }
    }
}
