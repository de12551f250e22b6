/// The projection's bytes: equal sets of operations give equal bytes on every replica. One deterministic CBOR array
/// `[form, scope, document, kind, creation, updated, version, fields, departures, edits]`.
extension DocumentState {
    private static let form: UInt64 = 1

    public func encoded() -> [UInt8] {
        var encoder = CBOREncoder(reserving: 512)
        encoder.beginArray(count: 10)
        encoder.encode(unsigned: Self.form)
        encoder.encode(digest: address.scope.digest)
        encoder.encode(bytes: address.document.bytes)
        encoder.encode(unsigned: kind.rawValue)
        creation.encode(into: &encoder)
        encoder.encode(unsigned: updated.value)
        version.encode(into: &encoder)
        encoder.beginArray(count: fields.count)
        for field in fields { field.encode(into: &encoder) }
        encoder.beginArray(count: departures.count)
        for departure in departures {
            encoder.beginArray(count: 2)
            departure.dot.encode(into: &encoder)
            departure.seen.encode(into: &encoder)
        }
        edits.encode(into: &encoder)
        return encoder.bytes
    }

    public init(decoding bytes: [UInt8]) throws(CBORError) {
        var decoder = CBORDecoder(bytes)
        try decoder.expectArray(count: 10)
        guard try decoder.decodeUnsigned() == Self.form else {
            throw .unexpected("a merged document of another form: rebuild the projection")
        }
        let scope = ScopeID(try decoder.decodeDigest())
        guard let document = DocumentID(bytes: try decoder.decodeBytes()) else {
            throw .unexpected("a document's identity has 16 bytes")
        }
        address = DocumentAddress(scope: scope, document: document)
        kind = DocumentKind(rawValue: try decoder.decodeUnsigned())
        creation = try Creation(from: &decoder)
        updated = Stamp(value: try decoder.decodeUnsigned())
        version = try VersionVector(from: &decoder)
        fields = try decoder.decodeArray(Field.init(from:))
        departures = try decoder.decodeArray { decoder throws(CBORError) in
            try decoder.expectArray(count: 2)
            return Departure(dot: try Dot(from: &decoder), seen: try VersionVector(from: &decoder))
        }
        edits = try VersionVector(from: &decoder)
        try decoder.finish()
    }
}

extension CBORError {
    static func unexpected(_ message: String) -> CBORError {
        CBORError(code: .unexpectedValue, offset: 0, message: message)
    }
}

extension Dot {
    func encode(into encoder: inout CBOREncoder) {
        encoder.encode(digest: log.digest)
        encoder.encode(unsigned: number)
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        log = LogID(try decoder.decodeDigest())
        number = try decoder.decodeUnsigned()
    }
}

extension DocumentState.Creation {
    func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: 4)
        dot.encode(into: &encoder)
        encoder.encode(unsigned: stamp.value)
        encoder.encode(optional: agent)
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.expectArray(count: 4)
        dot = try Dot(from: &decoder)
        stamp = Stamp(value: try decoder.decodeUnsigned())
        agent = try decoder.decodeOptionalText()
    }
}

extension CBOREncoder {
    mutating func encode(optional text: String?) {
        if let text { encode(text: text) } else { encodeNull() }
    }
}

extension CBORDecoder {
    mutating func decodeOptionalText() throws(CBORError) -> String? {
        try decodeNullIfPresent() ? nil : decodeText()
    }

    mutating func decodeValue() throws(CBORError) -> CBORValue {
        try CBORValue(decoding: decodeRawItem())
    }
}

extension DocumentState.Field {
    func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: 4)
        id.encode(into: &encoder)
        encoder.encode(optional: path)
        encoder.encode(unsigned: UInt64(state.type.rawValue))
        state.encode(into: &encoder)
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.expectArray(count: 4)
        id = try FieldID(from: &decoder)
        path = try decoder.decodeOptionalText()
        let type = try decoder.decodeUnsigned()
        guard let type = UInt8(exactly: type).flatMap(FieldType.init(rawValue:)) else {
            throw .unexpected("a field of unknown type: rebuild the projection")
        }
        state = try FieldState(type, from: &decoder)
    }
}

extension FieldState {
    func encode(into encoder: inout CBOREncoder) {
        switch self {
        case .register(let siblings):
            encoder.beginArray(count: siblings.count)
            for sibling in siblings { sibling.encode(into: &encoder) }
        case .set(let elements):
            encoder.beginArray(count: elements.count)
            for element in elements {
                encoder.beginArray(count: 4)
                element.addition.dot.encode(into: &encoder)
                encoder.encode(unsigned: element.addition.index)
                encoder.append(raw: element.value.encoded())
            }
        case .list(let entries):
            encoder.beginArray(count: entries.count)
            for entry in entries {
                encoder.beginArray(count: 5)
                encoder.encode(unsigned: entry.stamp.value)
                entry.dot.encode(into: &encoder)
                encoder.encode(unsigned: entry.index)
                encoder.append(raw: entry.value.encoded())
            }
        case .tally(let slots):
            encoder.beginArray(count: slots.count)
            for slot in slots {
                encoder.beginArray(count: 3)
                slot.dot.encode(into: &encoder)
                encoder.encode(integer: slot.value)
            }
        }
    }

    init(_ type: FieldType, from decoder: inout CBORDecoder) throws(CBORError) {
        switch type {
        case .register: self = .register(try decoder.decodeArray(Sibling.init(from:)))
        case .set:
            self = .set(
                try decoder.decodeArray { decoder throws(CBORError) in
                    try decoder.expectArray(count: 4)
                    let dot = try Dot(from: &decoder)
                    let addition = ElementDot(dot: dot, index: try decoder.decodeUnsigned())
                    return SetElement(addition: addition, value: try decoder.decodeValue())
                })
        case .list:
            self = .list(
                try decoder.decodeArray { decoder throws(CBORError) in
                    try decoder.expectArray(count: 5)
                    let stamp = Stamp(value: try decoder.decodeUnsigned())
                    let dot = try Dot(from: &decoder)
                    let index = try decoder.decodeUnsigned()
                    return ListEntry(stamp: stamp, dot: dot, index: index, value: try decoder.decodeValue())
                })
        case .tally:
            self = .tally(
                try decoder.decodeArray { decoder throws(CBORError) in
                    try decoder.expectArray(count: 3)
                    return TallySlot(dot: try Dot(from: &decoder), value: try decoder.decodeInteger())
                })
        }
    }
}

extension Sibling {
    func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: 6)
        dot.encode(into: &encoder)
        encoder.encode(unsigned: stamp.value)
        encoder.encode(optional: agent)
        switch value {
        case .inline(let value):
            encoder.encode(unsigned: 0)
            encoder.append(raw: value.encoded())
        case .blob(let reference):
            encoder.encode(unsigned: 1)
            reference.encode(into: &encoder)
        case .gone:
            encoder.encode(unsigned: 2)
            encoder.encodeNull()
        }
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.expectArray(count: 6)
        dot = try Dot(from: &decoder)
        stamp = Stamp(value: try decoder.decodeUnsigned())
        agent = try decoder.decodeOptionalText()
        switch try decoder.decodeUnsigned() {
        case 0: value = .inline(try decoder.decodeValue())
        case 1: value = .blob(try BlobReference(from: &decoder))
        default:
            try decoder.decodeNull()
            value = .gone
        }
    }
}
