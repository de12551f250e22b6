import HiveAPI
import Testing

@Suite struct HiveErrorTests {
    @Test(
        "A code has its HTTP status and exit code",
        arguments: [
            (.invalidInput, 400, 2), (.unknownField, 400, 2), (.invalidJSON, 400, 2), (.unknownScope, 400, 2),
            (.tooLarge, 413, 2), (.notFound, 404, 1), (.forgotten, 404, 1), (.erased, 410, 1), (.staleVersion, 412, 1),
            (.conflictRemains, 409, 1), (.unauthenticated, 401, 4), (.forbidden, 403, 4), (.denied, 403, 1),
            (.unreachable, 502, 3), (.unavailable, 503, 3), (.diskFull, 507, 5), (.storeCorrupt, 500, 5),
            (.internalError, 500, 5), (HiveError.Code("of_tomorrow"), 500, 5),
        ] as [(HiveError.Code, Int, Int32)])
    func meanings(code: HiveError.Code, status: Int, exit: Int32) {
        let error = HiveError(code, "message")
        #expect(error.httpStatus == status)
        #expect(error.exitCode == exit)
    }

    @Test("The JSON form is that of the command line")
    func json() {
        let error = HiveError(.notFound, "there is no memory `x`", hint: "search for it")
        let expected = #"{"error":{"code":"not_found","hint":"search for it","message":"there is no memory `x`"}}"#
        #expect(error.json.text == expected)
        #expect(HiveError(.notFound, "m").json["error"]?["hint"] == .null)
    }

    @Test("Foreign errors show nothing of their insides")
    func wrapping() {
        struct Secret: Error { let password = "hunter2" }
        let wrapped = HiveError.wrapping(Secret())
        #expect(wrapped.code == .internalError)
        #expect(!wrapped.description.contains("hunter2"))
        #expect(HiveError.wrapping(HiveError(.erased, "m")).code == .erased)
    }
}
