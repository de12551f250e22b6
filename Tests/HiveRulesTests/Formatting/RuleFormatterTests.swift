import HiveRules
import Testing

/// Formatting keeps comments and meaning, and does nothing the second time.
@Suite struct RuleFormatterTests {
    private func format(_ text: String) throws -> String { try RuleFormatter.format(.init(path: "f.yaml", text: text)) }

    @Test("Keys are put in order with their comments, indentation and blanks are made even")
    func layout() throws {
        let source = """
            # About the whole file.

            spec:
                # Says why.
                message: "'no'"   
                when: >-
                  tool == 'Bash'
                  && size(content) > 3   # not a comment
                effect: deny # at the end
                match: {events: [commit]}


            # Who it is.
            metadata:
              version: 2
              name: r
            kind: Rule\t
            apiVersion: hive/v1
            tests:
            - name: t
              input: {event: commit}

              expect: {effect: allow}
            # The end.
            """
        let expected = """
            # About the whole file.

            apiVersion: hive/v1
            kind: Rule

            # Who it is.
            metadata:
              name: r
              version: 2
            spec:
              match: {events: [commit]}
              when: >-
                tool == 'Bash'
                && size(content) > 3   # not a comment
              effect: deny # at the end
              # Says why.
              message: "'no'"
            tests:
              - name: t
                input: {event: commit}

                expect: {effect: allow}
            # The end.

            """
        #expect(try format(source) == expected)
        #expect(try format(expected) == expected)
    }

    @Test("Several documents, line ends of another system and texts in blocks")
    func documents() throws {
        let source =
            "---\r\nkind: RuleSet\r\napiVersion: hive/v1\r\nmetadata: {name: s}\r\n---\r\na: |\r\n  x  \r\n\r\n\r\n  # y\r\nb: 1\r\n\r\n"
        let formatted = try format(source)
        #expect(
            formatted
                == "---\napiVersion: hive/v1\nkind: RuleSet\nmetadata: {name: s}\n---\na: |\n  x  \n\n\n  # y\nb: 1\n")
        #expect(try format(formatted) == formatted)
        #expect(try format("") == "")
        #expect(try format("# only\n") == "# only\n")
    }

    @Test("What is not valid is refused")
    func refusals() {
        #expect(throws: RuleError.self) { try format("a: [") }
        #expect(throws: RuleError.self) { try format("a: 1\n\tb: 2\n") }
    }

    @Test("Any document keeps its meaning and comes to rest", arguments: 0..<200 as Range<UInt64>)
    func idempotence(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "apiVersion: hive/v1", "kind: Rule", "metadata:\n    name: a\n    # c\n    version: 1", "# comment", "",
            "spec:\n   effect: deny\n   match:\n      tools: [a,\n        b]\n   # d\n   priority: 3",
            "tests:\n- {name: a}\n# e\n-   name: b\n    x: |\n      # text\n      y", "tests:\n   - a: 1\n     b: 2\n",
            "extra: {a: 1,\n b: 2}", "text: >-\n   a\n   b", "  ", "plain: a\n  b\n  c",
        ]
        let document = pieces.shuffled(using: &random).prefix(Int.random(in: 1...9, using: &random)).joined(
            separator: "\n")
        do {
            let once = try format(document)
            #expect(try format(once) == once, "\(document)")
            let comments = { (text: String) in
                text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("#") }.sorted()
            }
            #expect(comments(once) == comments(document), "\(document)")
        } catch { #expect(Law.error([document]) != nil, "\(error) for \(document)") }
    }
}
