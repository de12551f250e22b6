import HiveAPI
import Testing

@Suite struct TraceContextTests {
    private static let text = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test("A traceparent is read and written")
    func roundTrip() throws {
        let context = try #require(TraceContext(traceparent: Self.text))
        #expect(context.traceText == "0af7651916cd43dd8448eb211c80319c" && context.spanText == "b7ad6b7169203331")
        #expect(context.isSampled && context.traceparent == Self.text)
        #expect(TraceContext(traceparent: String(Self.text.dropLast()) + "0")?.isSampled == false)
    }

    @Test("A version to come is read as far as it is like this one")
    func newer() {
        let newer = "01" + Self.text.dropFirst(2)
        #expect(TraceContext(traceparent: newer) != nil)
        #expect(TraceContext(traceparent: newer + "-more") != nil)
        #expect(TraceContext(traceparent: newer + "more") == nil)
    }

    @Test(
        "What is no traceparent is none",
        arguments: [
            "", "00", text + "0", text + "-00", "ff" + text.dropFirst(2), text.uppercased(),
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", text.replacing("-", with: "_"),
            "0g" + text.dropFirst(2), "00-0af7651916cd43dd8448eb211c80319é-b7ad6b7169203331-01",
        ])
    func refused(text: String) { #expect(TraceContext(traceparent: text) == nil) }

    @Test("The worst check is the health, and those that are not well are its reasons")
    func health() {
        let (well, slow) = (HealthCheck.ok("disk", "room"), HealthCheck.warning("law", "late", advice: "wait"))
        #expect(Health(checks: [well]) == Health(status: .ok, checks: [well]))
        #expect(Health(checks: [well, slow]).status == .degraded && Health(checks: [well, slow]).reasons == ["late"])
        let broken = HealthCheck.failing("store", "gone", advice: "restore")
        #expect(Health(checks: [slow, broken]).status == .failing)
        #expect(Health(checks: [HealthCheck(id: "x", state: .skipped, message: "?")]).status == .ok)
    }
}
