/// How many tokens a text costs a language model, without the tokenizer of any: an estimate that errs on the high side,
/// so that what is said to fit a budget fits it.
///
/// Counted are, over the bytes of UTF-8:
/// - a run of ASCII letters: one token for each 4 of them begun, behind the 12th one for each 2; a capital after a
///   small letter begins a new run;
/// - a run of digits: one for each 2 begun; every other visible ASCII character: one;
/// - a line break or tab: one; the space between two words: none; further spaces: one for each 4 begun;
/// - any other character: one less than it has bytes, so 1 for é or я, 2 for 語, 3 for an emoji.
///
/// Beside the WordPiece vocabulary of 30,522 entries that comes with Hive, that is 1.2 to 1.6 times as much for English
/// prose and for code in Swift, Python and YAML, and 2.0 times for Chinese and Japanese. Single paragraphs of nothing
/// but names and numbers come down to 1.0, and what nobody wrote to be read, such as base64, to 0.9.
///
/// The estimates of two texts add up to that of both joined, if the first one ends with a line break or the second
/// begins with a sign.
public enum TokenEstimate {
    /// Takes one pass over the text's bytes.
    public static func tokens(in text: String) -> Int {
        var counter = Counter()
        for byte in text.utf8 { counter.take(byte) }
        return counter.tokens
    }

    /// No text of so many tokens has more bytes: four letters and a space for each.
    public static func mostBytes(ofTokens tokens: Int) -> Int { 5 * tokens + 1 }

    private struct Counter {
        var tokens = 0
        private var kind = Kind.other
        /// How many bytes of the same kind came before.
        private var length = 0

        private enum Kind { case small, capital, digit, space, other }

        mutating func take(_ byte: UInt8) {
            switch byte {
            case 0x61...0x7A: letter(.small)
            case 0x41...0x5A: letter(.capital)
            case 0x30...0x39: extend(.digit, each: 2, free: 0)
            case 0x20: extend(.space, each: 4, free: 1)
            // The first byte of a longer character is free, each that follows it counts.
            case 0xC0...: begin(.other)
            default:
                begin(.other)
                tokens += 1
            }
        }

        private mutating func letter(_ next: Kind) {
            // `HTTPServer` and `userName` go on: only a capital behind a small letter begins anew.
            let goesOn = kind == next || (kind == .capital && next == .small)
            if goesOn { kind = next } else { begin(next) }
            if length.isMultiple(of: length < 12 ? 4 : 2) { tokens += 1 }
            length += 1
        }

        private mutating func extend(_ next: Kind, each size: Int, free: Int) {
            if kind != next { begin(next) }
            if length >= free, (length - free).isMultiple(of: size) { tokens += 1 }
            length += 1
        }

        private mutating func begin(_ next: Kind) {
            kind = next
            length = 0
        }
    }
}
