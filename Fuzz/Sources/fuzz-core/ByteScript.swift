import HiveCore

/// Bytes of a fuzzer read as small decisions. Ends are zeros, so that every input means something.
struct ByteScript {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    mutating func below(_ count: Int) -> Int { count > 0 ? Int(byte()) % count : 0 }

    /// As many bytes as the next one says.
    mutating func bytes() -> [UInt8] {
        let count = Int(byte())
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func everything() -> [UInt8] {
        defer { rest = [] }
        return Array(rest)
    }

    /// A copy with some bytes set, cut off or put in.
    mutating func altered(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0...below(4) {
            let place = below(bytes.count)
            switch below(4) {
            case 0: if place < bytes.count { bytes[place] ^= max(1, byte()) }
            case 1: bytes.removeSubrange(min(place, bytes.count)..<min(bytes.count, place + below(64)))
            case 2: bytes.insert(contentsOf: self.bytes(), at: place)
            default:
                let piece = self.bytes()
                bytes.replaceSubrange(place..<min(bytes.count, place + piece.count), with: piece)
            }
        }
        return bytes
    }
}
