import HiveHooks
import Testing

@Suite struct ToolFilesTests {
    private static func paths(_ tool: String, _ input: String, _ client: HookClient = .claudeCode) throws -> [String] {
        let members = try #require(JSONMembers(Array(input.utf8)))
        return try ToolFiles(of: tool, members, client: client).paths
    }

    @Test(
        "All files of a call are found, by whichever member it names them",
        arguments: [
            ("Edit", #"{"file_path": "a"}"#, ["a"]),
            ("NotebookEdit", #"{"file_path": "x", "notebook_path": ".env"}"#, ["x", ".env"]),
            ("mcp__files__move", #"{"source": ".env", "destination": "b"}"#, [".env", "b"]),
            ("mcp__files__move", #"{"source": {"a": 1}, "destination": "b"}"#, ["b"]),
            ("Read", #"{"file_path": "a", "paths": ["a", "b"]}"#, ["a", "b"]),
            ("Bash", #"{"command": "ls"}"#, []),
        ])
    func found(tool: String, input: String, expected: [String]) throws {
        #expect(try Self.paths(tool, input) == expected)
    }

    @Test(
        "A search is asked about by its folder and by what it may find",
        arguments: [
            ("Grep", #"{"pattern": "key", "path": "secrets"}"#, ["secrets", "secrets/**"]),
            ("Grep", #"{"pattern": "key", "path": "a", "glob": "*.pem"}"#, ["a", "a/*.pem"]),
            ("Grep", #"{"pattern": "key"}"#, [".", "./**"]),
            ("Glob", #"{"pattern": "secrets/**"}"#, ["./secrets/**"]),
            ("Glob", #"{"pattern": "/srv/press/secrets/*"}"#, ["/srv/press/secrets/*"]),
            ("Glob", #"{"pattern": "*", "path": ""}"#, [".", "./*"]),
        ])
    func searches(tool: String, input: String, expected: [String]) throws {
        #expect(try Self.paths(tool, input) == expected)
    }

    @Test(
        "A call that does not say which file, or says it in another form, is refused",
        arguments: [
            ("Read", "{}"), ("Write", #"{"content": "x"}"#), ("Edit", #"{"file_path": 1}"#),
            ("Edit", #"{"file_path": null}"#), ("Edit", #"{"file_path": ""}"#), ("Edit", #"{"file_path": ["a"]}"#),
            ("Edit", #"{"file_path": "ok", "path": {}}"#), ("Read", #"{"paths": ["a", 1]}"#),
            ("Read", #"{"paths": []}"#), ("Grep", #"{"path": 1}"#), ("Glob", #"{"pattern": 1}"#),
            ("apply_patch", #"{"command": "*** Begin Patch"}"#), ("apply_patch", #"{"command": 1}"#),
            ("apply_patch", ##"{"command": "*** Add File: \n+x"}"##),
        ])
    func refused(tool: String, input: String) {
        #expect(throws: ToolFiles.Refusal.self) { try Self.paths(tool, input) }
    }

    @Test("Other clients' tools are held to the same")
    func otherClients() throws {
        #expect(throws: ToolFiles.Refusal.self) { try Self.paths("write_file", "{}", .gemini) }
        #expect(try Self.paths("read_many_files", #"{"include": [".env"]}"#, .gemini) == [".env"])
    }

    @Test("Of a patch each file has the lines that are added to it, by both names where it moves")
    func patches() {
        let patch = PatchFiles(
            """
            *** Begin Patch
            *** Update File: a
            *** Move to: b
            @@
            -old key
             same
            +new
              *** Add File: c  \n+one
            +two
            *** Delete File: d
            *** End Patch
            """)
        #expect(patch.paths == ["a", "b", "c", "d"])
        let added = ["a", "b", "c", "d"].map(patch.lines(addedTo:))
        // The indented head may as well be a line of the file before it.
        #expect(added == ["new\none\ntwo\n", "new\none\ntwo\n", "one\ntwo\n", ""])
    }

    @Test("A line of a patch ends where clients end it, and begins with its first byte")
    func lines() {
        let odd = ["\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}"].map { "+x\($0)key" }
        let patch = PatchFiles((["*** Update File: a"] + odd + ["+\u{301}y"]).joined(separator: "\r\n"))
        let lines = patch.lines(addedTo: "a").utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)) }
        #expect(lines == odd.map { String($0.dropFirst()) } + ["\u{301}y"])
        #expect(PatchFiles("*** Add File:\u{301}").paths == ["\u{301}"])
    }

    @Test("A line that only looks like the head of a file hides nothing from the file that it stands in")
    func heads() {
        let patch = PatchFiles("*** Update File: a\n *** Add File: harmless\n+key\n*** Update File: c\n+x")
        #expect(patch.paths == ["a", "harmless", "c"])
        #expect(patch.lines(addedTo: "a") == "key\n" && patch.lines(addedTo: "c") == "x\n")
    }

    @Test("Two spellings that look the same are two files")
    func spellings() throws {
        let (one, other) = ("caf\u{E9}", "cafe\u{301}")
        let found = try Self.paths("Read", #"{"paths": ["\#(one)", "\#(other)", "\#(one)"]}"#)
        #expect(found.map { Array($0.utf8) } == [one, other].map { Array($0.utf8) })
        let patch = PatchFiles("*** Add File: \(one)\n+1\n*** Add File: \(other)\n+2")
        #expect(patch.paths.map { Array($0.utf8) } == [one, other].map { Array($0.utf8) })
        #expect(patch.lines(addedTo: one) == "1\n" && patch.lines(addedTo: other) == "2\n")
    }
}
