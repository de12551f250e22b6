/// Which of the sealed operations of a document have nothing left to say: a function of their headers alone, so that whoever
/// holds the headers can tell what may lack its body, and what was withheld.
///
/// Seals do not move back and operations are never taken out of them, so what was replaced below one stays replaced,
/// whatever comes later. Kept are the operation that made the document, those that forgot or erased it, additions to sets and
/// entries of lists (headers do not say whether all of them were removed), and law.
public enum Standing {
    /// The operations whose bodies no merge needs, among operations of one document that are sealed and count.
    public static func replaced(among headers: [OperationHeader]) -> Set<Dot> {
        let ordered = headers.sorted { ($0.stamp, $0.dot) < ($1.stamp, $1.dot) }
        guard let creation = ordered.first(where: { $0.context.isEmpty }) ?? ordered.first,
            creation.kind.stream != .law, let schema = KindSchema.of(creation.kind)
        else { return [] }
        let ofKind = ordered.filter { $0.kind == creation.kind }
        let replacements = Replacements(by: ofKind)
        var lastCounts: [FieldID: VersionVector] = [:]
        for header in ofKind {
            for field in header.fields where schema.type(of: field) == .tally {
                lastCounts[field, default: VersionVector()].include(header.dot)
            }
        }
        let replaced = ofKind.filter { header in
            guard header.dot != creation.dot, header.bodyForm == .plain, !header.fields.isEmpty else { return false }
            return header.fields.allSatisfy { field in
                guard !isReserved(field) else { return false }
                switch schema.type(of: field) {
                case .register: return replacements.cover(header.dot, in: field)
                case .tally: return lastCounts[field].map { $0[header.dot.log] > header.dot.number } ?? false
                case .set, .list, nil: return false
                }
            }
        }
        return Set(replaced.map(\.dot))
    }

    private static func isReserved(_ field: FieldID) -> Bool {
        guard case .number(let number) = field else { return false }
        return number < 8
    }

    /// Adds to a hash who stands on a document: `[document, [log, number, …]]`, in order of the dots.
    static func add(
        _ document: DocumentID, _ headers: [OperationHeader], to hasher: inout Digest.Hasher
    ) {
        let replaced = replaced(among: headers)
        let standing = headers.map(\.dot).filter { !replaced.contains($0) }.sorted()
        var encoder = CBOREncoder()
        encoder.beginArray(count: 2)
        encoder.encode(bytes: document.bytes)
        encoder.beginArray(count: standing.count * 2)
        for dot in standing { dot.encode(into: &encoder) }
        hasher.update(encoder.bytes)
    }
}
