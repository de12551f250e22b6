/// Finds tokens by their bytes: a hash table over the text of the vocabulary, which stays where it is in the binary.
///
/// Built when the first text is embedded, in about a millisecond: a dictionary of 30,522 strings took sixty times that.
struct Vocabulary: Sendable {
    static let shared = Vocabulary()

    /// Where a piece stands in its word: tokens that go on with a word are told apart from those that begin one.
    enum Place: UInt32 {
        case beginning = 0x811C_9DC5
        case continuation = 0x811C_9DC7
    }

    private static let mask = 0xFFFF
    /// The token of each slot; 0, the padding token that no word spells, where there is none.
    private let slots: [UInt16]
    /// Where each token's line begins in the text, and where the one after the last would.
    private let lines: [UInt32]
    /// No token has more bytes.
    let longest: Int

    private init() {
        let text = TokenTable.vocabulary
        var lines: [UInt32] = [0]
        lines.reserveCapacity(31_000)
        for (place, byte) in text.enumerated() where byte == UInt8(ascii: "\n") { lines.append(UInt32(place) + 1) }
        var slots = [UInt16](repeating: 0, count: Self.mask + 1)
        var longest = 0
        for token in 1..<(lines.count - 1) {
            let (place, bytes) = Self.piece(text, lines, token)
            var slot = Int(bytes.reduce(place.rawValue, Self.mix)) & Self.mask
            while slots[slot] != 0 { slot = (slot + 1) & Self.mask }
            slots[slot] = UInt16(token)
            longest = max(longest, bytes.count)
        }
        (self.slots, self.lines, self.longest) = (slots, lines, longest)
    }

    /// One step of the hash (FNV-1a), which begins with the raw value of the place.
    static func mix(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash ^ UInt32(byte)) &* 0x0100_0193 }

    /// The token that a piece of a word spells, by the hash of its bytes.
    func token(_ piece: ArraySlice<UInt8>, at place: Place, hash: UInt32) -> UInt16? {
        let text = TokenTable.vocabulary
        var slot = Int(hash) & Self.mask
        while slots[slot] != 0 {
            let (known, bytes) = Self.piece(text, lines, Int(slots[slot]))
            if known == place, bytes.elementsEqual(piece) { return slots[slot] }
            slot = (slot + 1) & Self.mask
        }
        return nil
    }

    private static func piece(
        _ text: UnsafeBufferPointer<UInt8>, _ lines: [UInt32], _ token: Int
    ) -> (Place, Slice<UnsafeBufferPointer<UInt8>>) {
        let (start, end) = (Int(lines[token]), Int(lines[token + 1]) - 1)
        let isContinuation = end - start > 2 && text[start] == UInt8(ascii: "#") && text[start + 1] == UInt8(ascii: "#")
        return isContinuation ? (.continuation, text[(start + 2)..<end]) : (.beginning, text[start..<end])
    }
}
