import HiveAPI

/// The last lines of a conversation's record, as clients write them: a JSON object on each line. What is not understood is
/// passed over, since clients change this format as they like.
enum Transcript {
    private struct Entry {
        let speaker: String
        let text: String
    }

    /// What the model said last.
    static func lastWords(_ tail: String) -> String? { entries(tail).last { $0.speaker == "assistant" }?.text }

    /// The last turns, each cut, at most 4,000 characters.
    static func summary(_ tail: String) -> String {
        var lines: [String] = []
        var count = 0
        for entry in entries(tail).suffix(12).reversed() {
            let line = "\(entry.speaker): \(SessionText.cut(entry.text, 600))"
            count += line.count
            guard count <= 4000 else { break }
            lines.append(line)
        }
        return lines.reversed().joined(separator: "\n")
    }

    private static func entries(_ tail: String) -> [Entry] {
        tail.split(separator: "\n").compactMap { line in
            let value: JSONValue
            do { value = try JSONValue(parsing: String(line)) } catch { return nil }
            let message = value["message"] ?? value["payload"] ?? value
            guard let speaker = message["role"]?.string ?? value["type"]?.string,
                ["user", "assistant"].contains(speaker)
            else { return nil }
            let text = text(of: message["content"])
            return text.isEmpty ? nil : Entry(speaker: speaker, text: text)
        }
    }

    /// A text, or the texts among parts; calls of tools and their results are left out.
    private static func text(of content: JSONValue?) -> String {
        if let text = content?.string { return text }
        let kinds: Set<String> = ["text", "input_text", "output_text"]
        let parts = content?.array?.filter { kinds.contains($0["type"]?.string ?? "") } ?? []
        return parts.compactMap { $0["text"]?.string }.joined(separator: "\n")
    }
}
