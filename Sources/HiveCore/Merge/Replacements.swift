/// Which writes the operations of one document replace, asked in the same time however many there are.
///
/// An operation replaces what it saw in the fields that it writes, but for what it keeps and for itself. Those that
/// keep something, or claim to have seen themselves, are asked one by one; of all others the union of what they saw
/// says the same.
struct Replacements {
    private struct Field {
        var seen = VersionVector()
        var exceptions: [OperationHeader] = []
    }

    private var fields: [FieldID: Field] = [:]

    init(by headers: [OperationHeader]) {
        for header in headers {
            let isException = !header.keeps.isEmpty || header.context.contains(header.dot)
            for field in header.fields {
                if isException {
                    fields[field, default: Field()].exceptions.append(header)
                } else {
                    fields[field, default: Field()].seen.merge(header.context)
                }
            }
        }
    }

    /// Whether what an operation wrote into a field was replaced there.
    func cover(_ dot: Dot, in field: FieldID) -> Bool {
        guard let field = fields[field] else { return false }
        return field.seen.contains(dot) || field.exceptions.contains { $0.replaces(dot) }
    }
}
