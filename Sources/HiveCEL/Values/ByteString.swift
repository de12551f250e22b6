/// A string that is equal to those with the same bytes, unlike Swift's, which also equals other spellings.
struct ByteString: Hashable, Sendable {
    let text: String

    static func == (left: ByteString, right: ByteString) -> Bool { Text.areEqual(left.text, right.text) }

    func hash(into hasher: inout Hasher) {
        var copy = text
        copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
