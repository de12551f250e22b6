/// An HTTP/1.1 answer, taken apart.
struct HTTPAnswer {
    let status: Int
    let body: [UInt8]

    /// Nil for what is none, or was cut short.
    init?(_ bytes: [UInt8]) {
        let end = Array("\r\n\r\n".utf8)
        guard let headEnd = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else { return nil }
        let lines = String(decoding: bytes[..<headEnd], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else { return nil }
        var length: Int?
        var isChunked = false
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.lowercased() }
            guard parts.count == 2 else { return nil }
            let value = parts[1].filter { $0 != " " }
            if parts[0] == "content-length" {
                guard let size = Int(value), length == nil || length == size else { return nil }
                length = size
            }
            if parts[0] == "transfer-encoding" { isChunked = value == "chunked" }
        }
        self.status = status
        let rest = bytes[(headEnd + end.count)...]
        if isChunked {
            guard let body = Self.joined(rest) else { return nil }
            self.body = body
        } else {
            guard length == nil || rest.count == length else { return nil }
            body = Array(rest)
        }
    }

    private static func joined(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var rest = bytes
        var body: [UInt8] = []
        while let end = rest.firstIndex(of: 0x0A) {
            let line = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
            let digits = line.prefix { $0.isHexDigit }
            guard let size = Int(digits, radix: 16) else { return nil }
            rest = rest[(end + 1)...]
            if size == 0 { return body }
            guard size <= rest.count - 2 else { return nil }
            body += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
        return nil
    }
}
