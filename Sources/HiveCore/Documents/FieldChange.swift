/// What an operation does to one field.
public enum FieldChange: Sendable, Hashable {
    /// Replaces the siblings of a register that the writer saw.
    case set(CBORValue)
    /// The same with a value that lies beside the log.
    case setBlob(BlobReference)
    /// Adds elements to a set.
    case add([CBORValue])
    /// Removes from a set what the header names.
    case remove
    /// Appends to a list.
    case append([CBORValue])
    /// Replaces this log's slot of a tally.
    case tally(Int64)

    /// The type of field that this change fits.
    public var type: FieldType {
        switch self {
        case .set, .setBlob: .register
        case .add, .remove: .set
        case .append: .list
        case .tally: .tally
        }
    }

    private var code: UInt64 {
        switch self {
        case .set: 0
        case .setBlob: 1
        case .add: 2
        case .remove: 3
        case .append: 4
        case .tally: 5
        }
    }

    func encode(into encoder: inout CBOREncoder) {
        encoder.encode(unsigned: code)
        switch self {
        case .set(let value): encoder.append(raw: value.encoded())
        case .setBlob(let reference): reference.encode(into: &encoder)
        case .add(let values), .append(let values):
            encoder.beginArray(count: values.count)
            for value in values { encoder.append(raw: value.encoded()) }
        case .remove: encoder.encodeNull()
        case .tally(let value): encoder.encode(integer: value)
        }
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        switch try decoder.decodeUnsigned() {
        case 0: self = .set(try CBORValue(decoding: decoder.decodeRawItem()))
        case 1: self = .setBlob(try BlobReference(from: &decoder))
        case 2: self = .add(try Self.values(&decoder))
        case 3:
            try decoder.decodeNull()
            self = .remove
        case 4: self = .append(try Self.values(&decoder))
        case 5: self = .tally(try decoder.decodeInteger())
        default: throw CBORError(code: .unexpectedValue, offset: 0, message: "a body holds a change of unknown form")
        }
    }

    private static func values(_ decoder: inout CBORDecoder) throws(CBORError) -> [CBORValue] {
        try decoder.decodeArray { decoder throws(CBORError) in try CBORValue(decoding: decoder.decodeRawItem()) }
    }
}
