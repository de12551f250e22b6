/// Replaces by bytes: what reads the text next knows nothing of Swift's characters, in which a mark may join another
/// character and hide it.
enum ByteText {
    static func replacing(_ part: String, in text: String, with other: String) -> String {
        let part = Array(part.utf8)
        var output: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            if rest.starts(with: part) {
                output += Array(other.utf8)
                rest = rest.dropFirst(part.count)
            } else {
                output.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
