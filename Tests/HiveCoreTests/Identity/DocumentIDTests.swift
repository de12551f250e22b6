import HiveCore
import Testing

/// The 16 bytes that name a document.
@Suite struct DocumentIDTests {
    @Test("DocumentID is derived from kind, key and generation as the format says")
    func derived() {
        let item: [UInt8] = [0x83, 0x18, 0x22, 0x43, 0x61, 0x62, 0x63, 0x02]
        let hash = Digest.sha256(Array("hive/1/document".utf8) + [0] + item)
        let document = DocumentID.derived(kind: 34, key: Array("abc".utf8), generation: 2)
        #expect(document.bytes == Array(hash.bytes.prefix(16)))
        #expect(document != .derived(kind: 34, key: Array("abc".utf8), generation: 3))
    }

    @Test("DocumentID keeps its bytes, its digits and its order")
    func forms() throws {
        let bytes = (0..<16).map { UInt8($0 * 16) }
        let document = try #require(DocumentID(bytes: bytes))
        #expect(document.bytes == bytes)
        #expect(document.hex == "00102030405060708090a0b0c0d0e0f0")
        #expect(document.short == "00102030")
        #expect(DocumentID(hex: document.description) == document)
        for place in bytes.indices {
            var greater = bytes
            greater[place] += 1
            #expect(document < (try #require(DocumentID(bytes: greater))))
        }
    }

    @Test("DocumentID has 16 bytes or 32 digits")
    func lengths() {
        #expect(DocumentID(bytes: [UInt8](repeating: 0, count: 15)) == nil)
        #expect(DocumentID(bytes: [UInt8](repeating: 0, count: 17)) == nil)
        #expect(DocumentID(hex: "00") == nil)
        #expect(DocumentID(hex: String(repeating: "x", count: 32)) == nil)
    }
}
