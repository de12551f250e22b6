import HiveAPI
import Testing

@testable import HiveServer

@Suite struct RequestRecordTests {
    @Test(
        "A caller's id is kept where it is harmless, and made up where it is not",
        arguments: [
            ("abc-123_X.y:z/1+2=", true), ("", false), ("a b", false), ("a\nb", false), ("ünicode", false),
            (String(repeating: "x", count: 128), true), (String(repeating: "x", count: 129), false), ("<b>", false),
        ])
    func ids(given: String, isKept: Bool) {
        var random = SystemRandomNumberGenerator()
        let id = RequestRecord.id(given, using: &random)
        #expect((id == given) == isKept)
        #expect(isKept || id.count == 20)
        #expect(RequestRecord.id(nil, using: &random) != RequestRecord.id(nil, using: &random))
    }

    @Test("A node is ready once it serves, and never again once it drains")
    func readiness() {
        let readiness = Readiness(isServing: false)
        let well = Health(status: .ok)
        #expect(!readiness.applied(to: well).ready && readiness.applied(to: well).reasons == ["the node is starting"])
        readiness.serve()
        #expect(readiness.applied(to: well) == well)
        readiness.drain()
        readiness.serve()
        #expect(!readiness.applied(to: well).ready)
        #expect(readiness.applied(to: well).status == .ok, "what it is doing is well")
    }

    @Test("Whoever is let in is noted for the log, by role")
    func caller() async {
        let interface = Interface()
        let record = RequestRecord(id: "1")
        _ = await RequestRecord.$current.withValue(record) { await interface.call("GET", "/api/status") }
        #expect(record.caller != nil)
        let stranger = RequestRecord(id: "2")
        _ = await RequestRecord.$current.withValue(stranger) {
            await interface.call("GET", "/api/status", token: "wrong")
        }
        #expect(stranger.caller == nil)
    }

    @Test("Requests that are sent elsewhere while the node starts are told so")
    func ready() async {
        let interface = Interface(readiness: Readiness(isServing: false))
        #expect(await interface.call("GET", "/health/ready", token: "").status == 503)
        #expect(await interface.call("GET", "/health", token: "").status == 200)
    }
}
