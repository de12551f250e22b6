public import HiveAPI

/// A memory as a Markdown file: its fields as front matter, one on each line, and its text below. Every field comes back
/// as it was. Links are written as `relation [[id]]`.
public enum MarkdownFormat {
    public static let system = "markdown"
    /// The first line of the front matter, by which a file of a hive is told from anybody else's.
    static let marker = "hive: 1"

    /// The order of fields in a file; others follow by name.
    private static let order = [
        "id", "kind", "scope", "category", "tags", "context", "confidence", "epistemic", "metadata", "links",
        "expiresAt", "author", "createdAt", "updatedAt",
    ]

    /// A file's name: the first words of the text, then the beginning of the id, by which an older file of the same
    /// memory is found.
    public static func name(of line: JSONValue) -> String {
        "\(slug(line["content"]?.string ?? ""))-\(key(of: line)).md"
    }

    /// How the names of a memory's files end, before `.md`.
    public static func key(of line: JSONValue) -> String { String((line["id"]?.string ?? "").prefix(12)) }

    private static func slug(_ text: String) -> String {
        var slug = ""
        for scalar in text.unicodeScalars.prefix(400) {
            guard slug.utf8.count < 48, scalar != "\n" || slug.isEmpty else { break }
            if scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
                slug += String(scalar).lowercased()
            } else if !slug.isEmpty, !slug.hasSuffix("-") {
                slug += "-"
            }
        }
        while slug.hasSuffix("-") { slug.removeLast() }
        return slug.isEmpty ? "memory" : slug
    }

    // MARK: Writing

    public static func text(of line: JSONValue) -> String {
        var text = "---\n\(marker)\n"
        let members = (line.object ?? [:]).filter { $0.key != "content" && !$0.value.isNull }
        let names = order.filter { members[$0] != nil } + members.keys.filter { !order.contains($0) }.sorted()
        for name in names {
            guard let value = members[name] else { continue }
            text += "\(name): \((name == "links" ? written(links: value) : value).text)\n"
        }
        if line["content"]?.string == nil { text += "content: null\n" }
        return text + "---\n" + (line["content"]?.string.map { $0 + "\n" } ?? "")
    }

    private static func written(links: JSONValue) -> JSONValue {
        guard let list = links.array else { return links }
        return .array(
            list.map { link in
                guard let relation = link["relation"]?.string, let target = link["target"]?.string else { return link }
                let text = "\(relation) [[\(target)]]"
                return read(link: text) == link ? .string(text) : link
            })
    }

    private static func read(link text: String) -> JSONValue? {
        guard text.hasSuffix("]]"), let open = text.firstRange(of: " [[") else { return nil }
        let target = text[open.upperBound...].dropLast(2)
        guard !target.isEmpty, !target.contains("[["), !target.contains("]]") else { return nil }
        return ["relation": .string(String(text[..<open.lowerBound])), "target": .string(String(target))]
    }

    // MARK: Reading

    /// The memory of a file; nil for a file that no hive wrote. Throws `invalid_input` for one that cannot be read.
    public static func memory(_ text: String) throws(HiveError) -> JSONValue? {
        guard let (matter, body) = split(text), let first = matter.split(whereSeparator: \.isNewline).first,
            isMarker(first)
        else {
            return nil
        }
        var members = try FrontMatter.read(matter)
        members["hive"] = nil
        if let links = members["links"]?.array {
            members["links"] = .array(links.map { value in value.string.flatMap { read(link: $0) } ?? value })
        }
        if members["content"] == nil { members["content"] = .string(withoutLastLineFeed(body)) }
        return .object(members)
    }

    /// Without the line feed that ends a file. In a text, a carriage return and a line feed are one character.
    private static func withoutLastLineFeed(_ text: String) -> String {
        text.utf8.last == 0x0A ? String(decoding: text.utf8.dropLast(), as: UTF8.self) : text
    }

    private static func isMarker(_ line: Substring) -> Bool { ForeignValues.trimmed(String(line)) == marker }

    /// The front matter and what follows it; nil where a text has none.
    static func split(_ text: String) -> (matter: String, body: String)? {
        let bytes = Array(text.utf8)
        guard let start = end(ofFence: bytes, at: 0) else { return nil }
        var line = start
        while line < bytes.count {
            if let end = end(ofFence: bytes, at: line) {
                return (
                    String(decoding: bytes[start..<line], as: UTF8.self), String(decoding: bytes[end...], as: UTF8.self)
                )
            }
            guard let feed = bytes[line...].firstIndex(of: 0x0A) else { return nil }
            line = feed + 1
        }
        return nil
    }

    /// Where the line after `---` begins; nil where there is no such line.
    private static func end(ofFence bytes: [UInt8], at start: Int) -> Int? {
        guard bytes[start...].starts(with: "---".utf8) else { return nil }
        var place = start + 3
        if place < bytes.count, bytes[place] == 0x0D { place += 1 }
        if place == bytes.count { return place }
        return bytes[place] == 0x0A ? place + 1 : nil
    }
}
