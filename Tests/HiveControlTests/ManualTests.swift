import ArgumentParser
import HiveAPI
import Testing

@testable import hivectl

@Suite struct ManualTests {
    private func pages() throws -> [ManualPage] {
        let help = try JSONValue(parsing: Array(HiveControl._dumpHelp().utf8))
        return ManualPage.pages(of: try #require(help["command"]))
    }

    @Test("Every command has a page with what it is and how it is called")
    func complete() throws {
        let pages = try pages()
        let expected = CommandPlace.all.map { $0.path.joined(separator: "-") }
        #expect(Set(pages.map(\.name)) == Set(expected))
        for page in pages {
            for section in [".TH ", ".SH NAME\n", ".SH SYNOPSIS\n", ".SH DESCRIPTION\n", ".SH EXAMPLES\n"] {
                #expect(page.text.contains(section), "\(page.name) lacks \(section)")
            }
        }
    }

    @Test("Texts that look like requests are texts")
    func escaping() {
        #expect(Roff.line(".hidden") == "\\&.hidden")
        #expect(Roff.line("'quoted'") == "\\(aqquoted\\(aq")
        #expect(Roff.line("a\\b --all") == "a\\eb \\-\\-all")
        #expect(Roff.verbatim([".nf"]) == ".nf\n.RS 4\n\\&.nf\n.RE\n.fi")
    }

    @Test("A discussion ends where its examples begin")
    func examples() {
        let (prose, examples) = ManualPage.split("Some words.\n\nExamples:\n  hivectl a\n  hivectl b")
        #expect(prose == "Some words." && examples == ["hivectl a", "hivectl b"])
        #expect(ManualPage.split("Only words.").examples.isEmpty)
    }
}
