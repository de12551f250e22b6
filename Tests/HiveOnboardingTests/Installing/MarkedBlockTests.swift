import HiveAPI
import Testing

@testable import HiveOnboarding

@Suite struct MarkedBlockTests {
    private let block = MarkedBlock(comments: .markdown, text: "ours")

    @Test(
        "Texts come back to the byte, whatever their lines end with",
        arguments: ["a\r", "a\r\r", "\r", "a\r\nb\r", "a\nb\r", "a\r\n", "a\n", "a", "", "\n", "\r\n"])
    func lineEnds(text: String) throws {
        let bytes = Array(text.utf8)
        let installed = try block.installed(in: bytes)
        #expect(try block.removed(from: installed) == bytes)
        let newer = MarkedBlock(comments: .markdown, text: "newer")
        let updated = try newer.installed(in: installed)
        #expect(try newer.state(in: updated) == .current)
        #expect(try newer.removed(from: updated) == bytes)
    }

    @Test("A mark that tells nonsense about what was added is survived", arguments: ["-5", "99", "x"])
    func nonsense(added: String) throws {
        let text = "\n\n\nmine\n\n<!-- hive:begin 1 abc \(added) -->\nours\n<!-- hive:end -->\n"
        let rest = try #require(try block.removed(from: Array(text.utf8)))
        #expect(String(decoding: rest, as: UTF8.self).hasPrefix("\n\n\nmine"))
    }
}
