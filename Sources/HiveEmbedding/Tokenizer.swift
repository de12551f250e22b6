import Foundation

/// Turns text into tokens of the vocabulary: cleans it, folds case and accents, sets punctuation and ideographs apart, and
/// cuts what remains into word pieces.
enum Tokenizer {
    /// The tokens of a text in order; `WordPieces.unknown` for each word that the vocabulary cannot spell.
    static func tokens(of text: String) -> [UInt16] {
        var pieces = WordPieces()
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            for byte in text.utf8 { take(byte, &pieces) }
        } else {
            for scalar in cleaned(text).decomposedStringWithCanonicalMapping.unicodeScalars {
                guard scalar.properties.generalCategory != .nonspacingMark else { continue }
                for lower in scalar.properties.lowercaseMapping.unicodeScalars { take(lower, &pieces) }
            }
        }
        pieces.endWord()
        return pieces.tokens
    }

    private static func take(_ byte: UInt8, _ pieces: inout WordPieces) {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D: pieces.endWord()
        case 0..<0x20, 0x7F: break
        case 0x41...0x5A: pieces.append(byte | 0x20)
        case 0x30...0x39, 0x61...0x7A: pieces.append(byte)
        default:
            pieces.endWord()
            pieces.append(byte)
            pieces.endWord()
        }
    }

    private static func take(_ scalar: Unicode.Scalar, _ pieces: inout WordPieces) {
        if scalar == " " {
            pieces.endWord()
        } else if isPunctuation(scalar) {
            pieces.endWord()
            pieces.append(scalar)
            pieces.endWord()
        } else {
            pieces.append(scalar)
        }
    }

    /// Without control characters, with spaces for every kind of space, and around ideographs.
    private static func cleaned(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0, 0xFFFD: continue
            case 0x09, 0x0A, 0x0D:
                output.append(" ")
                continue
            default: break
            }
            switch scalar.properties.generalCategory {
            case .control, .format, .privateUse, .surrogate, .unassigned: continue
            case .spaceSeparator, .lineSeparator, .paragraphSeparator: output.append(" ")
            default: output.append(contentsOf: isIdeograph(scalar) ? [" ", scalar, " "] : [scalar])
            }
        }
        return String(output)
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 33...47, 58...64, 91...96, 123...126: return true
        default: break
        }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }

    private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2CEAF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}
