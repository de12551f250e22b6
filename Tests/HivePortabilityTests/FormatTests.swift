import HiveAPI
import HiveCore
import Testing

@testable import HivePortability

@Suite struct FormatTests {
    @Test("A format is told by how a text begins") func detection() throws {
        let cases: [(String, MemoryFormat)] = [
            ("{\"content\":\"a\"}\n{\"content\":\"b\"}\n", .jsonl), ("---\ntitle: x\n---\n", .markdown),
            ("{\"type\":\"entity\",\"name\":\"a\"}\n", .mcpMemory),
            ("{\"type\":\"relation\",\"from\":\"a\"}\n", .mcpMemory),
            ("{\n  \"export_metadata\": {\n", .mcpMemoryService),
            ("{\"memories\":[{\"content\":\"x\",\"content_hash\":\"y\"}]}", .mcpMemoryService),
            ("{\n \"user_id\": \"u\", \"legal_basis\": \"x\"", .haivemind),
            ("{\"success\":true,\"export_data\":{\"memories\":[]}}", .haivemind), ("{broken\n", .jsonl),
        ]
        for (text, format) in cases { #expect(try MemoryFormat.detect(Array(text.utf8)) == format, "\(text)") }
        #expect(throws: HiveError.self) { try MemoryFormat.detect(Array("just words".utf8)) }
    }
}
