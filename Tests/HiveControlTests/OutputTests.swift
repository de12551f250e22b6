import Testing

@testable import hivectl

/// What is shown to people, whatever it came from.
@Suite struct OutputTests {
    @Test(
        "A terminal is shown control characters and obeys none",
        arguments: [
            ("plain", "plain"), ("two\nlines\tand a tab", "two\nlines\tand a tab"), ("\u{1B}[2Jgone", "\\u001b[2Jgone"),
            ("\u{1B}]0;title\u{7}", "\\u001b]0;title\\u0007"), ("\u{9B}31m", "\\u009b31m"), ("over\r", "over\\u000d"),
            ("\u{7F}", "\\u007f"), ("a\u{202E}b", "a\\u202eb"), ("ünïcödé 日本 👩‍💻", "ünïcödé 日本 👩‍💻"),
        ])
    func harmless(text: String, shown: String) { #expect(HarmlessText.of(text) == shown) }

    @Test(
        "Columns are counted as a terminal shows them",
        arguments: [
            ("", 0), ("abc", 3), ("日本語", 6), ("e\u{301}", 1), ("👩‍💻", 2), ("ﾊﾝｶｸ", 4), ("한글", 4), ("✓", 1), ("❤️", 2),
            ("a\u{200B}b", 2),
        ])
    func width(text: String, columns: Int) { #expect(TextWidth.of(text) == columns) }

    @Test("Tables line up where characters are wide, and no cell breaks a line")
    func table() {
        let text = Table.text(["NAME", "STATE"], [["日本", "ok"], ["plain", "two\nlines"], ["\u{1B}[1m", "x"]])
        #expect(
            Paint.rendered(text, inColour: false)
                == "NAME       STATE\n日本       ok\nplain      two lines\n\\u001b[1m  x")
    }

    @Test("Excerpts are cut by columns")
    func excerpt() {
        #expect(Table.excerpt("日本語日本語", 7) == "日本語…")
        #expect(Table.excerpt("short", 7) == "short")
        #expect(Table.excerpt("two\nlines") == "two lines")
    }

    @Test("Colours are there only where they are asked for")
    func colours() {
        let text = Paint.red("no") + " " + Paint.bold("yes")
        #expect(Paint.rendered(text, inColour: false) == "no yes")
        #expect(Paint.rendered(text, inColour: true) == "\u{1B}[31mno\u{1B}[0m \u{1B}[1myes\u{1B}[0m")
        #expect(TextWidth.of(text) == 6)
    }

    @Test("Marks survive what makes texts harmless")
    func marks() { #expect(HarmlessText.of(Paint.green("ok")) == Paint.green("ok")) }
}
