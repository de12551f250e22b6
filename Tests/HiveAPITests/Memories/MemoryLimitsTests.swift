import HiveAPI
import Testing

@Suite struct MemoryLimitsTests {
    @Test("Limits are exact: at the limit is taken, one byte more is not")
    func exactLimits() throws {
        try StoreMemory(content: String(repeating: "é", count: 1 << 19)).checkLimits()
        let long = String(repeating: "é", count: 1 << 19) + "x"
        #expect(throws: HiveError(.tooLarge, "")) { try StoreMemory(content: long).checkLimits() }
        let tag = String(repeating: "t", count: 64 << 10)
        try StoreMemory(content: "x", tags: [tag]).checkLimits()
        #expect(throws: HiveError(.tooLarge, "")) { try StoreMemory(content: "x", tags: [tag, "t"]).checkLimits() }
        let value = String(repeating: "v", count: (64 << 10) - 8)
        try StoreMemory(content: "x", metadata: ["k": .string(value)]).checkLimits()
        #expect(throws: HiveError(.tooLarge, "")) {
            try StoreMemory(content: "x", metadata: ["kk": .string(value)]).checkLimits()
        }
    }

    @Test("Updates that contradict themselves or do nothing are refused")
    func updates() throws {
        try UpdateMemory(category: .clear).checkLimits()
        for update in [
            UpdateMemory(), UpdateMemory(version: "v"), UpdateMemory(content: ""), UpdateMemory(confidence: .set(1.1)),
            UpdateMemory(tags: ["a"], addTags: ["b"]), UpdateMemory(expiresAt: .clear, expiresIn: 5),
            UpdateMemory(expiresIn: -5), UpdateMemory(addTags: [""]), UpdateMemory(metadata: ["": 1]),
        ] {
            #expect(throws: HiveError(.invalidInput, ""), "\(update)") { try update.checkLimits() }
        }
    }
}
