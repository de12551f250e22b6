/// Cuts words into the longest pieces that the vocabulary has.
struct WordPieces {
    /// Stands for a word that cannot be spelled.
    static let unknown: UInt16 = 100
    /// A longer word is not looked up.
    static let maximumWordLength = 100

    private(set) var tokens: [UInt16] = []
    private var word: [UInt8] = []
    /// How many scalars the word has.
    private var length = 0
    private let vocabulary = Vocabulary.shared

    mutating func append(_ byte: UInt8) {
        word.append(byte)
        length += 1
    }

    mutating func append(_ scalar: Unicode.Scalar) {
        word.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        length += 1
    }

    /// Adds the tokens of the word that was appended, if any.
    mutating func endWord() {
        guard !word.isEmpty else { return }
        let before = tokens.count
        if length > Self.maximumWordLength || !spell() {
            tokens.removeSubrange(before...)
            tokens.append(Self.unknown)
        }
        word.removeAll(keepingCapacity: true)
        length = 0
    }

    /// False where some part of the word is in no piece.
    private mutating func spell() -> Bool {
        var start = 0
        while start < word.count {
            guard let (token, end) = longestPiece(from: start) else { return false }
            tokens.append(token)
            start = end
        }
        return true
    }

    private func longestPiece(from start: Int) -> (token: UInt16, end: Int)? {
        let place: Vocabulary.Place = start == 0 ? .beginning : .continuation
        var hash = place.rawValue
        var best: (token: UInt16, end: Int)?
        for index in start..<min(word.count, start + vocabulary.longest) {
            hash = Vocabulary.mix(hash, word[index])
            let end = index + 1
            let endsScalar = end == word.count || word[end] & 0xC0 != 0x80
            if endsScalar, let token = vocabulary.token(word[start..<end], at: place, hash: hash) {
                best = (token, end)
            }
        }
        return best
    }
}
