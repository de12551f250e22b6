import HiveAPI
import Testing

@testable import hivectl

/// How the values of a conflict are told apart for people.
@Suite struct ConflictTextTests {
    private func conflict(_ values: [JSONValue], shown: Int = 0, ancestor: JSONValue? = nil) -> Conflict {
        let siblings = values.enumerated().map { place, value in
            ConflictSibling(
                dot: "a:\(place)", value: value, author: Author(agent: "ava", node: "c6372390aa"),
                at: "2027-01-15T08:00:0\(place)Z", shown: place == shown)
        }
        var conflict = Conflict(
            id: "3f2a:content", memory: "3f2a", kind: "value", field: "content", siblings: siblings, policy: "newest",
            since: "2027-01-15T08:00:01Z")
        conflict.ancestor = ancestor
        return conflict
    }

    private func lines(_ conflict: Conflict) -> [String] {
        Paint.rendered(ConflictText(conflict: conflict).text, inColour: false).split(separator: "\n").map {
            $0.trimmingPrefix(while: \.isWhitespace).description
        }
    }

    @Test("Words that differ in a line are marked, against the value before where that is known")
    func words() {
        let text = lines(conflict(["call Ann now", "call Bob"], ancestor: "call the owner now"))
        #expect(text.contains("- call [-the owner-] now") && text.contains("+ call {+Ann+} now"))
        #expect(text.contains("before:"))
    }

    @Test("Lines that go and come are marked, lines that stay are not")
    func wholeLines() {
        let text = lines(conflict(["one\ntwo\nthree", "one\nthree\nfour\nfive"]))
        #expect(text.contains("one") && text.contains("- two") && text.contains("+ four") && text.contains("+ five"))
        #expect(text.contains("the same"), "the one that is shown")
    }

    @Test("Items of lists come and go, numbers differ by a number, anything else is shown as it is")
    func others() {
        let list = lines(conflict([["drain", "roll back"], ["roll back", "tell"]]))
        #expect(list.contains("- - drain") && list.contains("+ - tell"))
        #expect(lines(conflict([10, 12.5])).contains("+2.5"))
        #expect(lines(conflict([["a": 1], ["a": 2]])).contains { $0.contains("{+") })
    }

    @Test("A difference leads from one text to the other", arguments: 0..<50)
    func roundTrip(seed: Int) {
        let letters = ["a", "b", "c", "d"]
        func text(_ salt: Int) -> [String] {
            (0..<(seed * salt % 9)).map { letters[(seed * 7 + $0 * $0 * salt) % letters.count] }
        }
        let (old, new) = (text(5), text(7))
        let parts = TextDiff.between(old, new)
        let before = parts.compactMap { part -> String? in
            switch part {
            case .same(let line), .gone(let line): line
            case .new: nil
            }
        }
        let after = parts.compactMap { part -> String? in
            switch part {
            case .same(let line), .new(let line): line
            case .gone: nil
            }
        }
        #expect(before == old && after == new)
        #expect(old != new || parts == old.map(TextDiff.Part.same))
    }

    @Test("Words and the spaces between them make up the line again")
    func wordsOfLine() {
        for line in ["", " ", "a", "a  b\tc ", "  lead"] { #expect(TextDiff.words(line).joined() == line) }
        #expect(TextDiff.words("call the  owner") == ["call", " ", "the", "  ", "owner"])
    }
}
