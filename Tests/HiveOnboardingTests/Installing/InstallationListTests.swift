import HiveAPI
import HiveHooks
import Testing

@testable import HiveOnboarding

@Suite struct InstallationListTests {
    @Test("What another version wrote stays when this one writes")
    func unknownEntries() throws {
        let text = #"{"installations":[{"client":"later","root":"/srv/a"},{"client":"codex","level":"orbit"}]}"#
        let files = MemoryFiles(["/d/installations.json": text])
        let list = InstallationList(directory: "/d", files: files)
        let entry = InstallationList.Entry(
            client: .codex, level: .user, root: "/srv/ava", program: "hivectl", data: nil, commands: ["recall"])
        try list.add(entry)
        #expect(try list.entries().map(\.root) == ["/srv/ava"])
        try list.remove(entry)
        // One that was taken back does not come again.
        try list.refresh(entry)
        #expect(try list.entries().isEmpty)
        let rest = try JSONValue(parsing: files.all["/d/installations.json"] ?? [])
        #expect(rest == (try JSONValue(parsing: Array(text.utf8))))
    }
}
