import HiveChecks
import Testing

@Suite struct SourceFileTests {
    @Test(
        "A file is named by what stands behind the last slash",
        arguments: ["compose.yaml", "a/compose.yaml", "/a/b/compose.yaml"])
    func name(path: String) { #expect(SourceFile(path: path, bytes: []).name == "compose.yaml") }
}
