import Foundation
import HiveCore

/// Keys as people write them: one in each line, 64 hexadecimal digits or base64 of 32 bytes; the current one first, former
/// ones behind it. Empty lines and lines that begin with `#` are passed over.
enum KeyText {
    /// Also takes 32 bytes as they are: one key and nothing else.
    static func keys(in bytes: [UInt8], of place: String) throws(KeyError) -> WrappingKeys {
        if let key = SealingKey(bytes: bytes) { return WrappingKeys(current: WrappingKey(key)) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw malformed(place) }
        return try keys(in: text, of: place)
    }

    static func keys(in text: String, of place: String) throws(KeyError) -> WrappingKeys {
        var keys: [WrappingKey] = []
        for line in text.split(whereSeparator: { $0.isNewline || $0 == "," }) {
            let word = line.trimmingCharacters(in: .whitespaces)
            guard !word.isEmpty, !word.hasPrefix("#") else { continue }
            guard let key = key(word) else { throw malformed(place) }
            keys.append(WrappingKey(key))
        }
        guard let current = keys.first else {
            throw KeyError(.missing, "\(place) holds no key", hint: "make one: openssl rand -base64 32")
        }
        return WrappingKeys(current: current, former: Array(keys.dropFirst()))
    }

    /// One key; nil for anything else.
    static func key(_ word: String) -> SealingKey? {
        if word.utf8.count == 2 * SealingKey.length { return Hex.decode(word).flatMap(SealingKey.init(bytes:)) }
        let padding = String(repeating: "=", count: (4 - word.utf8.count % 4) % 4)
        let standard = word.replacing("-", with: "+").replacing("_", with: "/") + padding
        return Data(base64Encoded: standard).flatMap { SealingKey(bytes: [UInt8]($0)) }
    }

    private static func malformed(_ place: String) -> KeyError {
        KeyError(
            .malformed, "\(place) holds something that is no key",
            hint: "a key has 32 bytes: raw, as 64 hexadecimal digits, or as base64")
    }
}
