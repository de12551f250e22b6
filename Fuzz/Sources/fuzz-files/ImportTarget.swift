import HiveAPI
import HiveFuzzing
import HivePortability

extension FuzzTarget {
    /// Files of memories in every format are read or refused, line by line, and what is read can be written again.
    static let imports = FuzzTarget("import") { bytes in
        guard let first = bytes.first else { return }
        let file = Array(bytes.dropFirst())
        _ = try? MemoryFormat.detect(file)
        switch MemoryFormat.allCases[Int(first) % MemoryFormat.allCases.count] {
        case .jsonl: readLines(file)
        case .mcpMemory: readGraph(file)
        case .markdown: readMarkdown(file)
        case .mcpMemoryService: read(file, MCPMemoryServiceFormat.read, MCPMemoryServiceFormat.record)
        case .haivemind: read(file, HAIveMindFormat.read, HAIveMindFormat.record)
        }
    }

    /// Lines are the same however their bytes come in; JSON that was read is read again from what it is written as.
    private static func readLines(_ file: [UInt8]) {
        let lines = lines(of: file, piece: file.count + 1)
        let pieces = self.lines(of: file, piece: Int(file.first ?? 0) % 7 + 1)
        expect(lines.map(\.bytes) == pieces.map(\.bytes), "lines do not depend on how bytes come")
        expect(lines.map(\.number) == Array(1..<(lines.count + 1)), "lines are numbered from one on")
        for line in lines {
            guard let value = try? line.json() else { continue }
            expect((try? JSONValue(parsing: value.text)) == value, "JSON comes back from its text: \(value.text)")
        }
    }

    private static func lines(of file: [UInt8], piece: Int) -> [LineReader.Line] {
        var reader = LineReader()
        var lines: [LineReader.Line] = []
        for start in stride(from: 0, to: file.count, by: piece) {
            lines += reader.feed(Array(file[start..<min(file.count, start + piece)]))
        }
        return lines + (reader.finish().map { [$0] } ?? [])
    }

    private static func readGraph(_ file: [UInt8]) {
        var export = KnowledgeGraphExport()
        for line in lines(of: file, piece: 4096) {
            guard let value = try? line.json() else { continue }
            for memory in (try? KnowledgeGraphFormat.memories(value)) ?? [] { export.add(memory) }
        }
        for line in export.lines() {
            expect((try? KnowledgeGraphFormat.memories(line)) != nil, "a graph that is written is read: \(line.text)")
        }
    }

    /// A memory that a hive wrote as a file comes back from it as it was. Names of fields are words, and null is none.
    private static func readMarkdown(_ file: [UInt8]) {
        guard let text = String(validating: file, as: UTF8.self) else { return }
        _ = try? MarkdownFolder(paths: ["a/note.md", "b/note.md", "other.md"]).memory(text, path: "a/note.md")
        guard let members = try? MarkdownFormat.memory(text)?.object else { return }
        func isWord(_ name: String) -> Bool {
            !name.isEmpty && name.utf8.allSatisfy { $0 < 0x80 && Character(Unicode.Scalar($0)).isLetter }
        }
        let memory = JSONValue.object(members.filter { isWord($0.key) && !$0.value.isNull })
        guard memory["content"]?.string != nil else { return }
        let written = MarkdownFormat.text(of: memory)
        expect((try? MarkdownFormat.memory(written)) == memory, "a memory comes back from its file: \(written)")
    }

    private static func read(
        _ file: [UInt8], _ read: (JSONValue) throws -> [ReadMemory], _ write: (JSONValue) -> JSONValue
    ) {
        guard let document = try? JSONValue(parsing: file), let found = try? read(document) else { return }
        for memory in found {
            if case .success(let value) = memory.result { _ = write(value) }
        }
    }
}
