import HiveAPI
import Testing

@testable import HiveServer

@Suite struct ListenAddressTests {
    @Test(
        "An address is a host and a port",
        arguments: [
            ("127.0.0.1:8899", "127.0.0.1", 8899, true), ("[::1]:0", "::1", 0, true),
            ("0.0.0.0:80", "0.0.0.0", 80, false),
            ("localhost:1", "localhost", 1, true), ("box.example:65535", "box.example", 65_535, false),
        ])
    func reading(text: String, host: String, port: Int, isLoopback: Bool) throws {
        let address = try ListenAddress(text)
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address.isLoopback == isLoopback)
        #expect(address.description == text)
    }

    @Test("The name that callers may use is the address itself, unless it stands for all of them")
    func hostNames() throws {
        #expect(try ListenAddress("10.0.0.7:1").hostName == "10.0.0.7")
        #expect(try ListenAddress("[fe80::1]:1").hostName == "[fe80::1]")
        #expect(try ListenAddress("0.0.0.0:1").hostName == nil)
        #expect(try ListenAddress("[::]:1").hostName == nil)
    }

    @Test("Anything else is refused", arguments: ["", ":80", "box", "box:", "box:x", "box:65536", "box:-1", "::1:80"])
    func refusing(text: String) {
        #expect(throws: HiveError(.invalidInput, "")) { try ListenAddress(text) }
    }
}
