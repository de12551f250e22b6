import HiveCore
import HiveStore
import HiveTesting
import Testing

/// Lines of files beside an encrypted database.
@Suite struct SealedLineTests {
    private let line = Array("{\"zq\":1}".utf8)

    private func cipher() async throws -> StoreCipher {
        try await StoreCipher.open(path: "/nowhere/hive.db", provider: InMemoryKeyProvider())
    }

    @Test("A sealed line tells nothing, and opens with its own cipher only")
    func sealing() async throws {
        let (own, other) = (try await cipher(), try await cipher())
        let sealed = try own.seal(line: line)
        #expect(!String(decoding: sealed, as: UTF8.self).contains("zq") && !sealed.contains(0x0A))
        #expect(try own.open(line: sealed) == line)
        #expect(try own.open(line: line) == line, "a plain line stays as it is")
        let error = #expect(throws: StoreError.self) { try other.open(line: sealed) }
        #expect(error?.code == .corrupt)
    }

    @Test("A line is sealed anew where it must be, and a damaged one keeps no other from it")
    func renewing() async throws {
        let (own, other) = (try await cipher(), try await cipher())
        let sealed = try own.seal(line: line)
        #expect(try own.renewed(line: sealed) == nil)
        let renewed = try #require(try own.renewed(line: line))
        #expect(try own.open(line: renewed) == line)
        #expect(own.plain(line: sealed) == line)
        #expect(own.plain(line: line) == nil)
        #expect(other.plain(line: sealed) == nil)
        let torn = Array(sealed.dropLast(20))
        let kept = try #require(try own.renewed(line: torn))
        #expect(try own.open(line: kept) == torn)
    }
}
