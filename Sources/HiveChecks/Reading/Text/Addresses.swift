/// IPv4 addresses in a text.
enum Addresses {
    /// Four numbers up to 255 with dots between, with no further number, letter or dot beside them: versions such as
    /// `1.2.3.4.5` and `v1.2.3.4` are none.
    static func all(in text: Substring) -> [String] {
        var found: [String] = []
        var run: [UInt8] = []
        var touched = false
        for byte in text.utf8 {
            if isPart(byte) {
                run.append(byte)
            } else {
                if !touched, !isWord(byte), let address = address(run) { found.append(address) }
                touched = isWord(byte)
                run.removeAll(keepingCapacity: true)
            }
        }
        if !touched, let address = address(run) { found.append(address) }
        return found
    }

    private static func address(_ run: [UInt8]) -> String? {
        guard run.count >= 7 else { return nil }
        // A dot behind it ends a sentence.
        let digits = run.last == UInt8(ascii: ".") ? run.dropLast() : run[...]
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4, parts.allSatisfy(isOctet) else { return nil }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func isOctet(_ part: ArraySlice<UInt8>) -> Bool {
        guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0") else { return false }
        return part.reduce(0) { $0 * 10 + Int($1 - 48) } <= 255
    }

    private static func isPart(_ byte: UInt8) -> Bool { (48...57).contains(byte) || byte == UInt8(ascii: ".") }

    private static func isWord(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
            || byte == UInt8(ascii: "-")
    }
}
