import HiveAPI
import Testing

@testable import HiveServer

/// What a model is shown of a list.
@Suite struct MemoryTextTests {
    @Test("A list says what is missing in it, and nothing where nothing is")
    func degraded() {
        let page = MemoryText.page(Page(items: [], degraded: "not compared by meaning"))
        #expect(page == ["items": [], "next": .null, "degraded": "not compared by meaning"])
        #expect(MemoryText.page(Page(items: [], next: "c")) == ["items": [], "next": "c"])
    }
}
