/// Where a text stands in another.
enum Occurrences {
    /// The offset of every occurrence, ascending. The needle must not be empty.
    static func of(_ needle: [UInt8], in bytes: [UInt8]) -> [Int] {
        guard let first = needle.first, bytes.count >= needle.count else { return [] }
        var found: [Int] = []
        bytes.withUnsafeBufferPointer { bytes in
            for offset in 0...(bytes.count - needle.count) where bytes[offset] == first {
                var length = 1
                while length < needle.count, bytes[offset + length] == needle[length] { length += 1 }
                if length == needle.count { found.append(offset) }
            }
        }
        return found
    }
}
