import HiveAPI
import HiveCore

/// How other systems write what has no one way to be written.
enum ForeignValues {
    /// A list of texts, or one text with commas.
    static func tags(_ value: JSONValue?) -> [String] {
        let texts: [String] =
            if let list = value?.array { list.compactMap(\.string) } else {
                value?.string?.split(separator: ",").map(String.init) ?? []
            }
        return Set(texts.map(trimmed).filter { !$0.isEmpty }).sorted()
    }

    /// Seconds since 1970 or a text; RFC 3339 where it can be read, else the source's own words.
    static func time(_ value: JSONValue?) -> String? {
        if let seconds = value?.double, abs(seconds) < 1e11 {
            return Timestamp(milliseconds: Int64((seconds * 1000).rounded())).rfc3339
        }
        guard let text = value?.string, !text.isEmpty else { return nil }
        return Timestamp(rfc3339: text)?.rfc3339 ?? Timestamp(rfc3339: text + "Z")?.rfc3339 ?? text
    }

    /// Seconds since 1970, as other systems count.
    static func seconds(_ rfc3339: String?) -> JSONValue {
        rfc3339.flatMap { Timestamp(rfc3339: $0) }.map { .number(Double($0.milliseconds) / 1000) } ?? .null
    }

    static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// What a hive's line says beyond the fields that a format has: it travels along in the format's metadata.
    static func carried(_ line: JSONValue, without held: Set<String>) -> JSONValue {
        var members = line.object ?? [:]
        for name in held { members[name] = nil }
        return .object(members.filter { !$0.value.isNull })
    }
}
