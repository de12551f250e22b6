/// The bytes of a header: one deterministic CBOR array
/// `[format, number, stamp, kind, document, flags, names, context, fields, keeps, removes, bodyHash]`.
/// Logs inside it are places in the log's table of names; `names` spells the ones named here first.
extension OperationHeader {
    static let elementCount = 12

    /// The exact bytes that are hashed into the log. `names` gains the logs that this header names first.
    public func encoded(names: inout LogNames) -> [UInt8] {
        let mentioned = [dot.log] + context.entries.map(\.log) + keeps.map(\.log) + removes.map(\.dot.log)
        let spelled = names.name(mentioned)
        let table = names
        func place(_ log: LogID) -> UInt64 {
            guard let place = table.place(of: log) else { preconditionFailure("every mentioned log was named above") }
            return place
        }
        var encoder = CBOREncoder(reserving: 160)
        encoder.beginArray(count: Self.elementCount)
        encoder.encode(unsigned: LogDescriptor.currentFormat)
        encoder.encode(unsigned: dot.number)
        encoder.encode(unsigned: stamp.value)
        encoder.encode(unsigned: kind.rawValue)
        encoder.encode(bytes: document.bytes)
        encoder.encode(unsigned: (continues ? 1 : 0) | UInt64(bodyForm.rawValue) << 1)
        encoder.beginArray(count: spelled.count)
        for log in spelled { encoder.encode(digest: log.digest) }
        encoder.beginArray(count: context.entries.count * 2)
        for entry in context.entries {
            encoder.encode(unsigned: place(entry.log))
            encoder.encode(unsigned: entry.number)
        }
        encoder.beginArray(count: fields.count)
        for field in fields { field.encode(into: &encoder) }
        encoder.beginArray(count: keeps.count * 2)
        for keep in keeps {
            encoder.encode(unsigned: place(keep.log))
            encoder.encode(unsigned: keep.number)
        }
        encoder.beginArray(count: removes.count * 3)
        for removal in removes {
            encoder.encode(unsigned: place(removal.dot.log))
            encoder.encode(unsigned: removal.dot.number)
            encoder.encode(unsigned: removal.index)
        }
        encoder.encode(digest: bodyHash)
        return encoder.bytes
    }

    /// Reads the next header of the given log. `names` gains the logs that it spells.
    public init(decoding bytes: [UInt8], of log: LogID, names: inout LogNames) throws(CBORError) {
        var reader = HeaderReader(bytes, log: log, names: names, namesAreComplete: false)
        self.init(decoded: try reader.read())
        names = reader.names
    }

    /// Reads a header that was stored before, anywhere in the log, with all the names of the log.
    public init(stored bytes: [UInt8], of log: LogID, names: LogNames) throws(CBORError) {
        var reader = HeaderReader(bytes, log: log, names: names, namesAreComplete: true)
        self.init(decoded: try reader.read())
    }
}

/// What a header says, while it is being put together.
struct DecodedHeader {
    var dot: Dot
    var stamp: Stamp
    var document: DocumentID
    var kind: DocumentKind
    var fields: [FieldID]
    var context: VersionVector
    var keeps: [Dot]
    var removes: [ElementDot]
    var continues: Bool
    var bodyForm: OperationHeader.BodyForm
    var bodyHash: Digest
}

/// Reads one header, refusing every form that a writer would not have produced.
private struct HeaderReader {
    private var decoder: CBORDecoder
    private let log: LogID
    private let namesAreComplete: Bool
    var names: LogNames

    init(_ bytes: [UInt8], log: LogID, names: LogNames, namesAreComplete: Bool) {
        decoder = CBORDecoder(bytes)
        self.log = log
        self.names = names
        self.namesAreComplete = namesAreComplete
    }

    mutating func read() throws(CBORError) -> DecodedHeader {
        try decoder.expectArray(count: OperationHeader.elementCount)
        guard try decoder.decodeUnsigned() == LogDescriptor.currentFormat else {
            throw refusal("the header's format is not known")
        }
        let number = try decoder.decodeUnsigned()
        guard number > 0 else { throw refusal("operations are numbered from 1") }
        let stamp = Stamp(value: try decoder.decodeUnsigned())
        let kind = DocumentKind(rawValue: try decoder.decodeUnsigned())
        guard let document = DocumentID(bytes: try decoder.decodeBytes()) else {
            throw refusal("a document's identity has 16 bytes")
        }
        let flags = try decoder.decodeUnsigned()
        guard flags < 4, let form = OperationHeader.BodyForm(rawValue: UInt8(flags >> 1)) else {
            throw refusal("the header has unknown flags")
        }
        try readNames()
        let context = VersionVector(try oncePerLog(try readDots()))
        let fields = try readFields()
        let keeps = try ascending(try readDots())
        let removes = try ascending(try readRemovals())
        let hash = try decoder.decodeDigest()
        try decoder.finish()
        return DecodedHeader(
            dot: Dot(log: log, number: number), stamp: stamp, document: document, kind: kind, fields: fields,
            context: context, keeps: keeps, removes: removes, continues: flags & 1 == 1, bodyForm: form, bodyHash: hash)
    }

    private mutating func readNames() throws(CBORError) {
        let first = names.logs.isEmpty
        let count = try decoder.beginArray()
        for index in 0..<count {
            let spelled = LogID(try decoder.decodeDigest())
            if namesAreComplete { continue }
            if first, index == 0, spelled != log { throw refusal("a log's first header spells the log itself first") }
            guard !names.name(CollectionOfOne(spelled)).isEmpty else { throw refusal("a log is named twice") }
        }
        guard !names.logs.isEmpty else { throw refusal("a log's first header spells the log itself first") }
    }

    private mutating func readDots() throws(CBORError) -> [Dot] {
        let count = try decoder.beginArray()
        guard count.isMultiple(of: 2) else { throw refusal("dots come in pairs") }
        var dots: [Dot] = []
        for _ in 0..<(count / 2) { dots.append(try readDot()) }
        return dots
    }

    private mutating func readDot() throws(CBORError) -> Dot {
        guard let log = names[try decoder.decodeUnsigned()] else { throw refusal("a log is used before it is named") }
        return Dot(log: log, number: try decoder.decodeUnsigned())
    }

    private mutating func readRemovals() throws(CBORError) -> [ElementDot] {
        let count = try decoder.beginArray()
        guard count.isMultiple(of: 3) else { throw refusal("removals come in threes") }
        var removals: [ElementDot] = []
        for _ in 0..<(count / 3) {
            let dot = try readDot()
            removals.append(ElementDot(dot: dot, index: try decoder.decodeUnsigned()))
        }
        return removals
    }

    private mutating func readFields() throws(CBORError) -> [FieldID] {
        let count = try decoder.beginArray()
        var fields: [FieldID] = []
        for _ in 0..<count { fields.append(try FieldID(from: &decoder)) }
        return try ascending(fields)
    }

    private func oncePerLog(_ dots: [Dot]) throws(CBORError) -> [Dot] {
        for (earlier, later) in zip(dots, dots.dropFirst()) where earlier.log >= later.log {
            throw refusal("a context lists its logs in order, each once")
        }
        return dots
    }

    private func ascending<Element: Comparable>(_ elements: [Element]) throws(CBORError) -> [Element] {
        for (earlier, later) in zip(elements, elements.dropFirst()) where earlier >= later {
            throw refusal("a header lists its parts in ascending order, each once")
        }
        return elements
    }

    private func refusal(_ message: String) -> CBORError {
        CBORError(code: .unexpectedValue, offset: 0, message: message)
    }
}
