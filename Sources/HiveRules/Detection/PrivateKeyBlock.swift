/// A private key in PEM: its first line and the beginning of its body. The line alone is only talk about keys.
enum PrivateKeyBlock {
    private static let begin = Array("-----BEGIN ".utf8)
    private static let words = Array("PRIVATE KEY".utf8)
    private static let shortestBody = 24

    static func look(at index: Int, in bytes: [UInt8]) -> SecretDetector.Look {
        guard bytes[index...].starts(with: begin) else { return .nothing }
        let label = bytes[(index + begin.count)...].prefix(40).prefix { ByteClass.isUpperOrDigit($0) || $0 == 0x20 }
        guard label.indices.contains(where: { label[$0...].starts(with: words) }) else { return .nothing }
        var end = label.endIndex
        // A label such as `PRIVATE KEY BLOCK` is followed by dashes as well.
        while end < bytes.count, bytes[end] == UInt8(ascii: "-") { end += 1 }
        guard end - label.endIndex >= 5 else { return .nothing }
        let body = bodyStart(after: end, in: bytes)
        let text = bytes[body...].prefix(4_096).prefix { ByteClass.isBase64($0) }
        guard text.count >= shortestBody else { return .harmless(until: end) }
        return .secret("private key", index..<text.endIndex)
    }

    /// Past line ends, also as they are written inside of strings, and past headers such as `Proc-Type: 4,ENCRYPTED`.
    private static func bodyStart(after end: Int, in bytes: [UInt8]) -> Int {
        var index = end
        while index < bytes.count {
            let line = bytes[index...].prefix(80)
            if line[index] <= 0x20 {
                index += 1
            } else if line.starts(with: "\\n".utf8) || line.starts(with: "\\r".utf8) {
                index += 2
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")), line[..<colon].allSatisfy(ByteClass.isWord),
                let next = bytes[colon...].prefix(200).firstIndex(of: 0x0A)
            {
                index = next
            } else {
                break
            }
        }
        return index
    }
}
