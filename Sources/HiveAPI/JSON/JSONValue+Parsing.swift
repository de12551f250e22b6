extension JSONValue {
    /// Reads one JSON text (RFC 8259) of UTF-8 bytes. Throws `invalid_json` naming the byte for anything else:
    /// invalid UTF-8, a member given twice, nesting deeper than 128, text after the value.
    public init(parsing bytes: [UInt8]) throws {
        var parser = JSONParser(bytes)
        self = try parser.document()
    }

    public init(parsing text: String) throws { try self.init(parsing: Array(text.utf8)) }
}
