import HiveAPI
import Testing

@testable import HiveServer

@Suite struct RESTDecisionsTests {
    @Test("The last decisions are the operator's to see")
    func decisions() async throws {
        let interface = Interface()
        #expect(await interface.call("GET", "/api/v1/decisions").status == 403)
        let found = await interface.call("GET", "/api/v1/decisions?effect=deny", token: Interface.operatorToken)
        #expect(try found.json()["items"]?.array?.count == 1)
        for bad in ["limit=0", "limit=201", "colour=red"] {
            let refused = await interface.call("GET", "/api/v1/decisions?\(bad)", token: Interface.operatorToken)
            #expect(refused.status == 400, "\(bad)")
        }
    }
}
