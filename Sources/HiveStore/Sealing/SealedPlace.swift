import HiveCore

/// Where in a store a sealed value belongs: moved to another place it does not open.
enum SealedPlace {
    case header(LogID, number: Int64)
    case body(LogID, number: Int64)
    case document(DocumentAddress)
    case localName(namespace: String, lookup: [UInt8])
    case localValue(namespace: String, key: [UInt8])
    case line

    /// Each kind has a name of its own, and parts of fixed length or only one that has not.
    var bytes: [UInt8] {
        switch self {
        case .header(let log, let number): Self.bytes("header", log.digest.bytes, Self.bytes(of: number))
        case .body(let log, let number): Self.bytes("body", log.digest.bytes, Self.bytes(of: number))
        case .document(let address):
            Self.bytes("document", address.scope.digest.bytes, address.document.bytes)
        case .localName(let namespace, let lookup): Self.bytes("local-name", lookup, Array(namespace.utf8))
        case .localValue(let namespace, let key): Self.bytes("local-value", Array(namespace.utf8), [0] + key)
        case .line: Self.bytes("line")
        }
    }

    /// For people.
    var name: String {
        switch self {
        case .header(let log, let number): "the header of operation \(number) of log \(log.short)"
        case .body(let log, let number): "the body of operation \(number) of log \(log.short)"
        case .document(let address): "the document \(address.document)"
        case .localName(let namespace, _): "a key in `\(namespace)`"
        case .localValue(let namespace, _): "a value in `\(namespace)`"
        case .line: "a recorded line"
        }
    }

    private static func bytes(_ kind: String, _ parts: [UInt8]...) -> [UInt8] {
        parts.reduce(Array("hive/1/sealed/\(kind)\u{0}".utf8), +)
    }

    private static func bytes(of number: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> Int64(56 - 8 * $0)) }
    }
}
