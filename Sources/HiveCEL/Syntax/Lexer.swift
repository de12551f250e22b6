/// Cuts a source into tokens.
struct Lexer {
    private let source: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var column = 1

    init(_ source: String) { self.source = Array(source.unicodeScalars) }

    static func tokens(of source: String) throws(CompilationError) -> [Token] {
        var lexer = Lexer(source)
        var tokens: [Token] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private var position: SourcePosition { SourcePosition(line: line, column: column) }
    private var current: Unicode.Scalar? { peek(0) }

    private func peek(_ distance: Int) -> Unicode.Scalar? {
        index + distance < source.count ? source[index + distance] : nil
    }

    @discardableResult
    private mutating func advance() -> Unicode.Scalar {
        let scalar = source[index]
        index += 1
        if scalar == "\n" {
            line += 1
            column = 1
        } else {
            column += 1
        }
        return scalar
    }

    private mutating func next() throws(CompilationError) -> Token {
        skipSpace()
        let start = position
        guard let scalar = current else { return Token(kind: .end, position: start) }
        if let prefix = stringPrefix() { return Token(kind: try string(prefix), position: start) }
        if Self.isDigit(scalar) || (scalar == "." && peek(1).map(Self.isDigit) == true) {
            return Token(kind: try number(), position: start)
        }
        if scalar == "_" || Self.isLetter(scalar) { return Token(kind: .identifier(identifier()), position: start) }
        if scalar == "`" { return Token(kind: .quotedIdentifier(try quotedIdentifier()), position: start) }
        if let symbol = symbol(scalar) {
            for _ in symbol.utf8 { advance() }
            return Token(kind: .symbol(symbol), position: start)
        }
        throw CompilationError("unexpected character `\(scalar)`", at: start)
    }

    /// The operator or bracket that begins with a scalar, the longest one.
    private func symbol(_ scalar: Unicode.Scalar) -> String? {
        switch (scalar, peek(1)) {
        case ("&", "&"): "&&"
        case ("|", "|"): "||"
        case ("=", "="): "=="
        case ("!", "="): "!="
        case ("<", "="): "<="
        case (">", "="): ">="
        case ("<", _), (">", _), ("!", _), ("+", _), ("-", _), ("*", _), ("/", _), ("%", _), ("?", _), (":", _),
            ("(", _), (")", _), ("[", _), ("]", _), ("{", _), ("}", _), (",", _), (".", _):
            String(scalar)
        default: nil
        }
    }

    private mutating func skipSpace() {
        while let scalar = current {
            if scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" || scalar == "\u{C}" {
                advance()
            } else if scalar == "/", peek(1) == "/" {
                while let scalar = current, scalar != "\n" { _ = scalar; advance() }
            } else {
                return
            }
        }
    }

    private mutating func identifier() -> String {
        var text = String.UnicodeScalarView()
        while let scalar = current, scalar == "_" || Self.isLetter(scalar) || Self.isDigit(scalar) {
            text.append(advance())
        }
        return String(text)
    }

    private mutating func quotedIdentifier() throws(CompilationError) -> String {
        let start = position
        advance()
        var text = String.UnicodeScalarView()
        while let scalar = current,
            Self.isLetter(scalar) || Self.isDigit(scalar) || "_.-/ ".unicodeScalars.contains(scalar)
        {
            text.append(advance())
        }
        guard current == "`", !text.isEmpty else {
            throw CompilationError(
                "unfinished quoted field name", at: start,
                hint: "between backticks stand letters, digits, `_`, `.`, `-`, `/` and spaces")
        }
        advance()
        return String(text)
    }

    private mutating func number() throws(CompilationError) -> Token.Kind {
        let start = position
        if current == "0", let marker = peek(1), marker == "x" || marker == "X" {
            advance()
            advance()
            return try integer(digits { Self.isHexDigit($0) }, radix: 16, at: start)
        }
        var text = digits(Self.isDigit)
        var isDouble = false
        if current == ".", peek(1).map(Self.isDigit) == true {
            isDouble = true
            advance()
            text += "." + digits(Self.isDigit)
        }
        if let exponent = try exponent(at: start) {
            isDouble = true
            text += exponent
        }
        guard isDouble else { return try integer(text, radix: 10, at: start) }
        guard let value = Double(text.hasPrefix(".") ? "0" + text : text), value.isFinite else {
            throw CompilationError("the number is too large for a double", at: start)
        }
        return .double(value)
    }

    private mutating func exponent(at start: SourcePosition) throws(CompilationError) -> String? {
        guard let marker = current, marker == "e" || marker == "E" else { return nil }
        advance()
        var text = "e"
        if let sign = current, sign == "+" || sign == "-" { text.unicodeScalars.append(advance()) }
        let power = digits(Self.isDigit)
        guard !power.isEmpty else { throw CompilationError("a number lacks the digits of its exponent", at: start) }
        return text + power
    }

    private mutating func integer(
        _ digits: String, radix: Int, at start: SourcePosition
    ) throws(CompilationError) -> Token.Kind {
        guard !digits.isEmpty else {
            throw CompilationError("a number lacks its digits after `0x`", at: start)
        }
        guard let value = UInt64(digits, radix: radix) else {
            throw CompilationError(
                "the number does not fit into 64 bits", at: start, hint: "write it as a double, as in 1e20")
        }
        guard let suffix = current, suffix == "u" || suffix == "U" else { return .int(value) }
        advance()
        return .uint(value)
    }

    private mutating func digits(_ accepts: (Unicode.Scalar) -> Bool) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = current, accepts(scalar) { text.append(advance()) }
        return String(text)
    }

    // MARK: Strings

    private struct StringPrefix {
        var length = 0
        var isRaw = false
        var isBytes = false
    }

    private func stringPrefix() -> StringPrefix? {
        var prefix = StringPrefix()
        while let scalar = peek(prefix.length) {
            switch scalar {
            case "\"", "'": return prefix
            case "r", "R":
                guard !prefix.isRaw else { return nil }
                prefix.isRaw = true
            case "b", "B":
                guard !prefix.isBytes, !prefix.isRaw else { return nil }
                prefix.isBytes = true
            default: return nil
            }
            prefix.length += 1
        }
        return nil
    }

    private mutating func string(_ prefix: StringPrefix) throws(CompilationError) -> Token.Kind {
        let start = position
        for _ in 0..<prefix.length { advance() }
        let quote = advance()
        let isTriple = peek(0) == quote && peek(1) == quote
        if isTriple {
            advance()
            advance()
        }
        var text = StringBuilder(isBytes: prefix.isBytes)
        while true {
            guard let scalar = current, isTriple || (scalar != "\n" && scalar != "\r") else {
                throw CompilationError("unfinished string", at: start, hint: "close it with \(quote)")
            }
            if scalar == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
                for _ in 0..<(isTriple ? 3 : 1) { advance() }
                return text.token
            }
            let place = position
            advance()
            if scalar == "\\", !prefix.isRaw { try escape(into: &text, at: place) } else { text.append(scalar) }
        }
    }

    private struct StringBuilder {
        let isBytes: Bool
        private var scalars = String.UnicodeScalarView()
        private var bytes: [UInt8] = []

        init(isBytes: Bool) { self.isBytes = isBytes }

        mutating func append(_ scalar: Unicode.Scalar) {
            if isBytes { bytes.append(contentsOf: String(scalar).utf8) } else { scalars.append(scalar) }
        }

        mutating func append(byte: UInt8) {
            if isBytes { bytes.append(byte) } else { scalars.append(Unicode.Scalar(byte)) }
        }

        var token: Token.Kind { isBytes ? .bytes(bytes) : .string(String(scalars)) }
    }

    private mutating func escape(
        into text: inout StringBuilder, at start: SourcePosition
    ) throws(CompilationError) {
        guard let scalar = current else { throw CompilationError("unfinished string", at: start) }
        advance()
        switch scalar {
        case "a": text.append("\u{7}")
        case "b": text.append("\u{8}")
        case "f": text.append("\u{C}")
        case "n": text.append("\n")
        case "r": text.append("\r")
        case "t": text.append("\t")
        case "v": text.append("\u{B}")
        case "\\", "?", "\"", "'", "`": text.append(scalar)
        case "x", "X": text.append(byte: UInt8(truncatingIfNeeded: try code(2, radix: 16, at: start)))
        case "0"..."3":
            index -= 1
            column -= 1
            text.append(byte: UInt8(truncatingIfNeeded: try code(3, radix: 8, at: start)))
        case "u", "U":
            guard !text.isBytes else {
                throw CompilationError(
                    "bytes have no Unicode escapes", at: start, hint: "write the bytes, as in `\\xc3\\xa9`")
            }
            text.append(try unicodeScalar(digits: scalar == "u" ? 4 : 8, at: start))
        default: throw CompilationError("unknown escape `\\\(scalar)`", at: start, hint: "write `\\\\` for a backslash")
        }
    }

    /// One scalar; above U+FFFF four digits need a second escape with the other half of a surrogate pair.
    private mutating func unicodeScalar(
        digits: Int, at start: SourcePosition
    ) throws(CompilationError) -> Unicode.Scalar {
        var value = try code(digits, radix: 16, at: start)
        if digits == 4, (0xD800...0xDBFF).contains(value), current == "\\", peek(1) == "u" {
            advance()
            advance()
            let low = try code(4, radix: 16, at: start)
            if (0xDC00...0xDFFF).contains(low) { value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00) }
        }
        guard let scalar = Unicode.Scalar(value) else { throw CompilationError("no such Unicode scalar", at: start) }
        return scalar
    }

    private mutating func code(_ count: Int, radix: Int, at start: SourcePosition) throws(CompilationError) -> UInt32 {
        var text = ""
        for _ in 0..<count {
            guard let scalar = current, Self.isHexDigit(scalar) else { break }
            text.unicodeScalars.append(advance())
        }
        guard text.unicodeScalars.count == count, let value = UInt32(text, radix: radix) else {
            throw CompilationError("an escape needs \(count) digits", at: start)
        }
        return value
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
    private static func isHexDigit(_ scalar: Unicode.Scalar) -> Bool {
        isDigit(scalar) || ("a"..."f").contains(scalar) || ("A"..."F").contains(scalar)
    }
}
