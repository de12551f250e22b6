/// Quotes.
extension ShellLexer {
    mutating func quoteLiterally() {
        hasWord = true
        hasQuotes = true
        while let next = peek(), next != "'" {
            append(next)
            index += 1
        }
        index += 1
    }

    mutating func quote() {
        hasWord = true
        hasQuotes = true
        while let next = peek(), next != "\"" {
            index += 1
            switch next {
            case "\\": escapeInQuotes()
            case "$": expand(inQuotes: true)
            case "`": substitute(backquoted(), inQuotes: true)
            default: append(next)
            }
        }
        index += 1
    }

    private mutating func escapeInQuotes() {
        guard let next = peek() else { return }
        if next == "\n" {
            index += 1
        } else if "\"\\$`".unicodeScalars.contains(next) {
            append(next)
            index += 1
        } else {
            append("\\")
        }
    }

    /// `$'…'`, with escapes such as `\n`, `\x72` and `\162`.
    mutating func quoteWithEscapes() {
        hasWord = true
        hasQuotes = true
        while let next = peek(), next != "'" {
            index += 1
            guard next == "\\", let kind = peek() else {
                append(next)
                continue
            }
            index += 1
            switch kind {
            case "n": append("\n")
            case "t": append("\t")
            case "r": append("\r")
            case "a", "b", "e", "E", "f", "v": append(" ")
            case "x": scalar(radix: 16, digits: 2)
            case "u": scalar(radix: 16, digits: 4)
            case "U": scalar(radix: 16, digits: 8)
            case "0"..."7":
                index -= 1
                scalar(radix: 8, digits: 3)
            default: append(kind)
            }
        }
        index += 1
    }

    private mutating func scalar(radix: Int, digits: Int) {
        var text = ""
        while text.utf8.count < digits, let next = peek(), next.isASCII, Int(String(next), radix: radix) != nil {
            text.unicodeScalars.append(next)
            index += 1
        }
        if let code = UInt32(text, radix: radix), let scalar = Unicode.Scalar(code) {
            append(scalar)
        }
    }

    /// What stands up to the back quote that ends it.
    mutating func backquoted() -> String {
        var text = String.UnicodeScalarView()
        while let next = peek(), next != "`" {
            index += 1
            if next == "\\", let escaped = peek(), "`\\$".unicodeScalars.contains(escaped) {
                text.append(escaped)
                index += 1
            } else {
                text.append(next)
            }
        }
        index += 1
        return String(text)
    }

    /// What stands up to the bracket that closes the one before; brackets in quotes do not count.
    mutating func balanced(_ open: Unicode.Scalar = "(", _ close: Unicode.Scalar = ")") -> String {
        var text = String.UnicodeScalarView()
        var depth = 1
        var quote: Unicode.Scalar?
        while let next = peek() {
            index += 1
            if next == "\\", quote != "'", let escaped = peek() {
                text.append(next)
                text.append(escaped)
                index += 1
                continue
            }
            if let open = quote {
                if next == open { quote = nil }
            } else if next == "'" || next == "\"" {
                quote = next
            } else if next == open {
                depth += 1
            } else if next == close {
                depth -= 1
                if depth == 0 { return String(text) }
            }
            text.append(next)
        }
        return String(text)
    }
}
