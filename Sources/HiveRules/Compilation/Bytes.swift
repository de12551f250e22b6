/// Compares texts by their bytes in UTF-8, as conditions do; the operators of `String` compare what texts look like.
enum Bytes {
    static func areEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && stands(right, in: left, at: 0)
    }

    static func hasPrefix(_ text: String, _ prefix: String) -> Bool {
        text.utf8.count >= prefix.utf8.count && stands(prefix, in: text, at: 0)
    }

    static func hasSuffix(_ text: String, _ suffix: String) -> Bool {
        let rest = text.utf8.count - suffix.utf8.count
        return rest >= 0 && stands(suffix, in: text, at: rest)
    }

    /// Whether a part stands at a place of a text that is long enough for it.
    private static func stands(_ part: String, in text: String, at place: Int) -> Bool {
        let fast = text.utf8.withContiguousStorageIfAvailable { text in
            part.utf8.withContiguousStorageIfAvailable { part in
                part.indices.allSatisfy { text[place + $0] == part[$0] }
            }
        }
        return (fast ?? nil) ?? text.utf8.dropFirst(place).starts(with: part.utf8)
    }

    static func contains(_ text: String, _ needle: String) -> Bool {
        var needle = needle
        return needle.withUTF8 { needle in
            var text = text
            return text.withUTF8 { contains($0, needle) }
        }
    }

    private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ needle: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = needle.first else { return true }
        guard text.count >= needle.count else { return false }
        for start in 0...(text.count - needle.count) where text[start] == first {
            var length = 1
            while length < needle.count, text[start + length] == needle[length] { length += 1 }
            if length == needle.count { return true }
        }
        return false
    }
}
