import HiveAPI

/// Values of the protocol's headers: plain, or `=?base64?…?=` where a header could not carry them.
enum HeaderText {
    /// Nil for broken Base64.
    static func decode(_ value: String) -> String? {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let trimmed = String(value.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
        let prefix = "=?base64?"
        guard trimmed.hasPrefix(prefix), trimmed.hasSuffix("?="), trimmed.count >= prefix.count + 2 else {
            return trimmed
        }
        return Base64.decode(String(trimmed.dropFirst(prefix.count).dropLast(2)))
            .flatMap { String(validating: $0, as: UTF8.self) }
    }
}
