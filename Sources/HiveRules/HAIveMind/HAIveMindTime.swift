import HiveCore

/// Times as hAIveMind writes them: RFC 3339, with or without an offset, or a day. Without an offset they are in UTC.
enum HAIveMindTime {
    /// Unix milliseconds; nil for a text that is no time.
    static func milliseconds(_ text: String) -> Int64? {
        if let time = HiveCore.Timestamp(rfc3339: text) { return time.milliseconds }
        return HiveCore.Timestamp(rfc3339: text.count == 10 ? text + "T00:00:00Z" : text + "Z")?.milliseconds
    }

    /// The same moment as rule documents write it.
    static func rfc3339(_ text: String) -> String? {
        milliseconds(text).map(self.text)
    }

    /// Unix milliseconds as RFC 3339.
    static func text(_ milliseconds: Int64) -> String { HiveCore.Timestamp(milliseconds: milliseconds).rfc3339 }
}
