import HiveCore
import Testing

/// The bytes of statements of finality: the vectors of FORMAT.md, and refusal of every other form.
@Suite struct SealFormatTests {
    private let log = LogID(Self.digest(0x11))
    private let root = Self.digest(0x22)

    private static func digest(_ byte: UInt8) -> Digest {
        Digest(bytes: Array(repeating: byte, count: Digest.length)) ?? .zero
    }

    private func hex(_ value: CBORValue) -> String? {
        guard case .bytes(let bytes) = value else { return nil }
        return Hex.encode(bytes)
    }

    private static func times(_ byte: String) -> String { String(repeating: byte, count: 32) }

    @Test("The vectors are what is written, and what is written is read again")
    func vectors() {
        let extent = LogExtent(log: log, size: 5, root: root)
        let (ones, twos) = (Self.times("11"), Self.times("22"))
        let said = Acknowledgement(extents: [extent])
        #expect(hex(said.value) == "835820\(ones)055820\(twos)")
        #expect(Acknowledgement(said.value) == said)
        let retired = Retirement(node: NodeID(Self.digest(0x33)))
        #expect(hex(retired.value) == "825820\(Self.times("33"))f5")
        #expect(Retirement(retired.value) == retired)
        let seal = Seal(
            law: VersionVector(), streams: [.knowledge: [extent]], standing: Self.digest(0x44), time: 1000)
        #expect(hex(seal.value) == "841903e85820\(Self.times("44"))808201835820\(ones)055820\(twos)")
        #expect(Seal(seal.value) == seal)
    }

    @Test("What a writer would not have written is refused")
    func refusals() {
        let (ones, twos) = (Self.times("11"), Self.times("22"))
        let refused = [
            "825820\(ones)05",  // no root
            "835820\(ones)005820\(twos)",  // holds nothing
            "865820\(twos)055820\(twos)5820\(ones)055820\(twos)",  // out of order
            "865820\(ones)055820\(twos)5820\(ones)065820\(twos)",  // a log twice
            "835820\(ones)055820\(twos)00",  // more than there is
        ]
        for text in refused { #expect(Acknowledgement(.bytes(Hex.decode(text) ?? [])) == nil, "\(text)") }
        #expect(Acknowledgement(.text("no")) == nil)
        let head = "841903e85820\(Self.times("44"))80"
        for streams in ["820180", "82038358200000", "81"] {
            #expect(Seal(.bytes(Hex.decode(head + streams) ?? [])) == nil, "\(streams)")
        }
    }
}
