/// A word of the language with its position.
struct Token {
    enum Kind: Equatable {
        case identifier(String)
        /// A field name between backticks.
        case quotedIdentifier(String)
        case int(UInt64)
        case uint(UInt64)
        case double(Double)
        case string(String)
        case bytes([UInt8])
        /// An operator or a bracket.
        case symbol(String)
        case end
    }

    let kind: Kind
    let position: SourcePosition
}
