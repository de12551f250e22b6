import HiveCEL

/// Reads events with their fields.
struct EventSchemaParser {
    /// The document as it is written.
    let text: String

    func schema(_ reader: inout YAMLReader) throws(RuleError) -> EventSchemaDocument {
        var metadata = try reader.requiredReader("metadata")
        let name = try metadata.name()
        _ = try metadata.version()
        try metadata.finish()
        var spec = try reader.requiredReader("spec")
        var events = try spec.requiredReader("events")
        var found: [String: [String: CELType]] = [:]
        for event in events.keysInOrder {
            var body = try events.requiredReader(event)
            var fields: [String: CELType] = [:]
            if var given = try body.reader("fields") {
                for field in given.keysInOrder { fields[field] = try type(&given, field) }
            }
            try body.finish()
            found[event] = fields
        }
        try spec.finish()
        return EventSchemaDocument(name: name, events: found, location: reader.location, text: text)
    }

    private func type(_ fields: inout YAMLReader, _ name: String) throws(RuleError) -> CELType {
        let text = try fields.requiredText(name)
        guard name.first?.isNumber == false, name.unicodeScalars.allSatisfy(ShellWords.isNameCharacter) else {
            throw RuleError(
                "`\(name)` is no name for a field", at: fields.location(of: name), hint: "use letters, digits and `_`")
        }
        guard !["cmd", "commands", "input", "params", "variables"].contains(name) else {
            throw RuleError("`\(name)` is taken", at: fields.location(of: name), hint: "choose another name")
        }
        guard let type = EventSchemaDocument.types.first(where: { $0.text == text })?.type else {
            let known = EventSchemaDocument.types.map(\.text)
            throw RuleError(
                "`\(text)` is no type", at: fields.location(of: name),
                hint: "known are \(known.joined(separator: ", "))")
        }
        return type
    }
}
