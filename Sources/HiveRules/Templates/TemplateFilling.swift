import HiveCEL

/// Puts values into the gaps of a template. The text is filled so that comments and layout stay; it is then read again
/// and must say exactly what comes of putting the values into what the template says. So no value can say more than
/// itself.
struct TemplateFilling {
    let values: [String: Value]

    /// Keys whose values are CEL.
    private static let expressions: Set<String> = ["when", "message", "variables", "transform"]
    private static let open = "{{"
    private static let close = "}}"

    func fill(_ body: String, path: String) throws(RuleTemplate.Failure) -> String {
        var filled: [String] = []
        for document in RuleFiles.documents(of: body) {
            let text = filledText(document.text)
            let expected = try filledValue(try read(document.text, path), inExpression: false)
            guard try read(text, path).equals(expected) else {
                throw RuleTemplate.Failure(
                    message: "a gap of \(path) is no whole value",
                    hint: "write gaps in double quotes, as in \"{{name}}\"")
            }
            filled.append(text)
        }
        let text = filled.joined(separator: "\n---\n")
        do { return try RuleFormatter.format(RuleFiles.Source(path: path, text: text)) } catch {
            throw RuleTemplate.Failure(message: error.message, hint: error.hint)
        }
    }

    private func read(_ text: String, _ path: String) throws(RuleTemplate.Failure) -> Value {
        do throws(RuleError) {
            let composer = YAMLComposer(path: path, text: text, lineOffset: 0)
            guard let node = try composer.compose() else { return .null }
            return try YAMLValue.value(node, at: RuleLocation(path: path, line: 1, column: 1))
        } catch { throw RuleTemplate.Failure(message: error.description, hint: "mend the template") }
    }
}

/// What a template means.
extension TemplateFilling {
    private func filledValue(_ value: Value, inExpression: Bool) throws(RuleTemplate.Failure) -> Value {
        switch value {
        case .string(let text): return try filledText(of: text, inExpression: inExpression)
        case .list(let elements):
            var result: [Value] = []
            for element in elements { result.append(try filledValue(element, inExpression: inExpression)) }
            return .list(result)
        case .map(let map):
            var result = ValueMap()
            for entry in map.entries {
                var isExpression = inExpression
                if case .string(let key) = entry.key, Self.expressions.contains(key) { isExpression = true }
                let key = try filledValue(entry.key, inExpression: isExpression)
                guard result.insert(try filledValue(entry.value, inExpression: isExpression), for: key) else {
                    throw RuleTemplate.Failure(
                        message: "the key \(JSONText.render(key)) would stand twice", hint: "give another value")
                }
            }
            return .map(result)
        default: return value
        }
    }

    private func filledText(of text: String, inExpression: Bool) throws(RuleTemplate.Failure) -> Value {
        guard text.contains(Self.open) else { return .string(text) }
        guard !inExpression, text.hasPrefix(Self.open), text.hasSuffix(Self.close),
            let value = value(ofGap: String(text.dropFirst(2).dropLast(2)))
        else {
            throw RuleTemplate.Failure(
                message: "`\(text)` is no gap that can be filled",
                hint: "a gap is a whole value with the name of a parameter, and stands in no expression: use params")
        }
        return value
    }

    /// `name`, or `name.0` for an element of a list.
    private func value(ofGap gap: String) -> Value? {
        let parts = gap.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return values[gap] }
        guard case .list(let elements)? = values[String(parts[0])], let place = Int(parts[1]),
            elements.indices.contains(place)
        else { return nil }
        return elements[place]
    }
}

/// What a template looks like.
extension TemplateFilling {
    private func filledText(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.range(ofText: "\"" + Self.open) {
            result += rest[..<start.lowerBound]
            let behind = rest[start.upperBound...]
            if let end = behind.range(ofText: Self.close + "\""),
                let value = value(ofGap: String(behind[..<end.lowerBound]))
            {
                result += FlowText.of(value)
                rest = behind[end.upperBound...]
            } else {
                result += rest[start]
                rest = behind
            }
        }
        return result + rest
    }
}

extension Substring {
    /// Where a text of ASCII begins and ends; the first place.
    fileprivate func range(ofText text: String) -> Range<Index>? {
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(text) { return place..<index(place, offsetBy: text.count) }
            place = index(after: place)
        }
        return nil
    }
}
