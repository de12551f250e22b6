import HiveAPI
import HiveCore

/// The fields of a memory that its JSON has no place for, by name: whatever a kind keeps is taken along, also by fields
/// that were added to Hive later than this.
enum PortableFields {
    /// What the JSON of a memory says in its own words.
    private static let spoken: Set<UInt64> = [
        ReservedField.presence, ReservedField.erasure, ReservedField.home, EngramField.content, EngramField.category,
        EngramField.context, EngramField.tags, EngramField.confidence, EngramField.expires, EngramField.status,
        EngramField.source, EngramField.links, EngramField.derivedFrom, EngramField.user, EngramField.subject,
        EngramField.relation, EngramField.object, EngramField.singleValued,
        // What ties documents to each other is said anew where it holds, and not by whoever writes a file.
        EngramField.promotions, EngramField.promotionMark, EngramField.copies, EngramField.summarisedBy,
        EngramField.origin, EngramField.originCreated, EngramField.originUpdated,
        EngramField.originAuthor, EngramField.originDigest,
    ]

    static func json(_ state: DocumentState, blob: (BlobReference) throws -> [UInt8]?) rethrows -> [String: JSONValue] {
        var fields: [String: JSONValue] = [:]
        for field in state.fields {
            guard let name = name(of: field) else { continue }
            switch field.state {
            case .register:
                switch field.state.newest?.value {
                case .inline(let value) where value != .null: fields[name] = PortableValue.json(value)
                case .blob(let reference):
                    guard let bytes = try blob(reference) else { continue }
                    fields[name] = .string(String(decoding: bytes, as: UTF8.self))
                case .inline, .gone, nil: continue
                }
            case .set:
                let elements = field.state.elements
                if !elements.isEmpty { fields[name] = .array(elements.map(PortableValue.json)) }
            case .list:
                let entries = field.state.entries
                if !entries.isEmpty { fields[name] = .array(entries.map(PortableValue.json)) }
            case .tally:
                if field.state.sum != 0 { fields[name] = .integer(field.state.sum) }
            }
        }
        // When an episode began follows from when it was written down here, if nobody said; elsewhere it would not.
        let began = name(of: EngramField.started)
        if state.kind == .episodic, fields[began] == nil { fields[began] = PortableValue.json(written(state)) }
        return fields
    }

    /// Whether a document has a value without saying so.
    static func implies(_ state: DocumentState, _ value: CBORValue, _ field: UInt64) -> Bool {
        field == EngramField.started && state[field] == nil && value == written(state)
    }

    private static func written(_ state: DocumentState) -> CBORValue {
        .integer(Int64(state.creation.stamp.milliseconds))
    }

    private static func name(of field: UInt64) -> String { EngramField.name(of: .number(field)) ?? "#\(field)" }

    private static func name(of field: DocumentState.Field) -> String? {
        switch field.id {
        case .number(let number):
            return spoken.contains(number) ? nil : EngramField.name(of: field.id) ?? "#\(number)"
        case .path:
            guard let path = field.path, !path.hasPrefix(EngramField.metadataPath("")) else { return nil }
            return "/" + path
        }
    }

    /// Which field a name stands for.
    enum Field: Hashable {
        case number(UInt64, FieldType)
        case path(String)
    }

    /// Throws `unknown_field` for what a kind of memory does not have.
    static func field(named name: String, of kind: EngramKind) throws(HiveError) -> Field {
        if name.hasPrefix("/"), name.count > 1 {
            let path = String(name.dropFirst())
            if !path.hasPrefix(EngramField.metadataPath("")) { return .path(path) }
        }
        let number = name.hasPrefix("#") ? UInt64(name.dropFirst()) : EngramField.number(named: name)
        guard let number, !spoken.contains(number), let type = KindSchema.of(kind.document)?.type(of: .number(number))
        else {
            throw HiveError(
                .unknownField, "unknown field `fields.\(name)`",
                hint: "put what has no field of its own under `metadata`; a newer Hive may know it")
        }
        return .number(number, type)
    }
}
