@testable import HiveChecks
import Testing

/// Paths: shown, as URIs, and by patterns.
@Suite struct PathTests {
    @Test("Names are shown on one line and keep their bytes apart")
    func shown() {
        #expect(PathText.shown(Array("src/a b.txt".utf8)) == "src/a b.txt")
        #expect(PathText.shown(Array("line\nbreak".utf8)) == "line\\x0abreak")
        #expect(PathText.shown([0x61, 0xFF, 0xC3, 0xA4]) == "a\\xffä")
        #expect(PathText.shown(Array("esc\u{1B}[2J\u{202E}".utf8)) == "esc\\x1b[2J\\xe2\\x80\\xae")
        #expect(PathText.shown(Array("back\\slash".utf8)) == "back\\\\slash")
        #expect(PathText.uri("a b/ä#?%") == "a%20b/%C3%A4%23%3F%25")
    }

    @Test(
        "Patterns",
        arguments: [
            ("*.md", "docs/a.md", true), ("*.md", "a.mdx", false), ("vendor", "x/vendor/y.c", true),
            ("vendor/", "vendor/a/b", true), ("vendor/", "x/vendor/a", false), ("src/*.c", "src/a.c", true),
            ("src/*.c", "src/x/a.c", false), ("src/**", "src/x/a.c", true), ("**/x/*.c", "a/b/x/y.c", true),
        ])
    func patterns(pattern: String, path: String, fits: Bool) {
        #expect(PathPatterns([pattern]).matches(path) == fits)
    }
}
