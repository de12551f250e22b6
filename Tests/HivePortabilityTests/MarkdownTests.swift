import HiveAPI
import Testing

@testable import HivePortability

@Suite struct MarkdownTests {
    private struct Generator {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }

        mutating func text() -> String {
            let parts = [
                "word", " ", "\n", "\r\n", "\r", "---\n", "---", "\"", "\\", ": ", "#", "[[x]]", "]]", "[[", "☃",
                "\u{2028}",
                "\u{85}", "\u{0}", "\u{FEFF}", "\t", "é", "e\u{301}", "hive: 1", "\n\n", "'", "| a |", "&a *b",
            ]
            return (0..<next(6)).map { _ in parts[next(parts.count)] }.joined()
        }

        mutating func value(_ depth: Int) -> JSONValue {
            switch next(depth > 0 ? 7 : 5) {
            case 0: .integer(Int64(next(1000)) - 500)
            case 1: .number(Double(next(1000)) / 8)
            case 2: .bool(next(2) == 0)
            case 3, 4: .string(text())
            case 5: .array((0..<next(3)).map { _ in value(depth - 1) })
            default: .object([text() + "k": value(depth - 1)])
            }
        }

        mutating func memory() -> JSONValue {
            var members: [String: JSONValue] = [
                "id": "00112233445566778899aabbccddeeff", "content": .string("x" + text()), "kind": "semantic",
            ]
            for name in ["category", "context", "scope"] where next(2) == 0 { members[name] = .string(text()) }
            if next(2) == 0 { members["tags"] = .array((0..<next(3)).map { _ in .string(text()) }) }
            if next(2) == 0 { members["metadata"] = .object(["a": value(3), text() + "b": value(2)]) }
            if next(2) == 0 { members["confidence"] = .number(Double(next(8)) / 8) }
            if next(2) == 0 { members["epistemic"] = ["source": .string(text()), "verifications": 2] }
            if next(2) == 0 { members["fields"] = ["events": [value(2)]] }
            if next(2) == 0 {
                members["links"] = .array(
                    (0..<next(3)).map { _ in ["relation": .string(text()), "target": .string(text())] })
            }
            return .object(members)
        }
    }

    @Test("Every field of a memory comes back from its file, whatever it holds")
    func roundTrip() throws {
        var generator = Generator(state: 11)
        for _ in 0..<3000 {
            let memory = generator.memory()
            let text = MarkdownFormat.text(of: memory)
            let back = try #require(try MarkdownFormat.memory(text))
            #expect(Array(back.text.utf8) == Array(memory.text.utf8), "\(text)")
        }
    }

    @Test("Links that are no list are written as they are, so that whoever reads them can say so")
    func linksOfAnotherType() throws {
        let memory: JSONValue = ["content": "text", "links": "about [[abc"]
        #expect(try MarkdownFormat.memory(MarkdownFormat.text(of: memory)) == memory)
    }

    @Test("A file shows links in brackets and its text as it is")
    func form() throws {
        let memory: JSONValue = [
            "id": "00112233445566778899aabbccddeeff", "content": "# Title: a & b\n\nBody", "tags": ["x"],
            "links": [["relation": "about", "target": "abc"]], "category": .null,
        ]
        #expect(
            MarkdownFormat.text(of: memory) == """
                ---
                hive: 1
                id: "00112233445566778899aabbccddeeff"
                tags: ["x"]
                links: ["about [[abc]]"]
                ---
                # Title: a & b

                Body

                """)
        #expect(MarkdownFormat.name(of: memory) == "title-a-b-001122334455.md")
        #expect(MarkdownFormat.name(of: ["content": "…", "id": "ab"]) == "memory-ab.md")
    }

    @Test("A file that somebody edited by hand is read as YAML")
    func edited() throws {
        let memory = try MarkdownFormat.memory(
            "---\nhive: 1\nid: abc\ntags: [one, 'two three']\nconfidence: 0.5\nlinks:\n  - about [[x]]\n---\nText\n")
        let expected: JSONValue = [
            "id": "abc", "tags": ["one", "two three"], "confidence": 0.5, "content": "Text",
            "links": [["relation": "about", "target": "x"]],
        ]
        #expect(memory == expected)
        #expect(try MarkdownFormat.memory("---\ntitle: somebody else's\n---\nText\n") == nil)
        #expect(try MarkdownFormat.memory("no front matter") == nil)
        #expect(try MarkdownFormat.memory("---\r\nhive: 1\r\nid: \"a\"\r\n---\r\nText")?["id"] == "a")
    }

    @Test(
        "Front matter that is broken or made to exhaust its reader is refused",
        arguments: [
            "tags: [a", "a: &x [1]\nb: *x", "- a\n- b", "a: " + String(repeating: "[", count: 100),
            "a: b: c",
        ])
    func badMatter(matter: String) {
        #expect(throws: HiveError.self) {
            try MarkdownFolder(paths: ["n.md"]).memory("---\n\(matter)\n---\ntext\n", path: "n.md")
        }
    }

    @Test("Links of notes lead to notes: by name, by path, to the one beside")
    func links() throws {
        let folder = MarkdownFolder(paths: ["a/Ink.md", "b/Ink.md", "b/Press.md", "Top.md", ".trash/Old.md"])
        func targets(_ body: String) throws -> [String] {
            let memory = try folder.memory(body, path: "b/Press.md")
            return memory["originLinks"]?.array?.compactMap { $0["target"]?.string } ?? []
        }
        #expect(try targets("[[Ink]]") == ["b/Ink"])
        #expect(try targets("[[a/Ink|there]] and [[top#Heading]]") == ["Top", "a/Ink"])
        #expect(try targets("[[Old]] [[Nowhere]] [[Press]] [[unfinished") == [])
    }
}
