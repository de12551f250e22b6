/// General categories of Unicode, as `\p{Lu}` names them.
struct CategorySet: OptionSet, Sendable {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ category: Unicode.GeneralCategory) {
        let place = Self.names.firstIndex { $0.category == category }
        rawValue = place.map { 1 << UInt32($0) } ?? 0
    }

    /// The categories of a name such as `Lu` or, for all that begin with it, `L`. Nil for a name that is none.
    init?(named name: String) {
        var set: UInt32 = 0
        for (place, entry) in Self.names.enumerated()
        where entry.name == name || (name.utf8.count == 1 && entry.name.hasPrefix(name)) {
            set |= 1 << UInt32(place)
        }
        guard set != 0 else { return nil }
        rawValue = set
    }

    private static let names: [(name: String, category: Unicode.GeneralCategory)] = [
        ("Ll", .lowercaseLetter), ("Lu", .uppercaseLetter), ("Lo", .otherLetter), ("Lt", .titlecaseLetter),
        ("Lm", .modifierLetter), ("Nd", .decimalNumber), ("Nl", .letterNumber), ("No", .otherNumber),
        ("Mn", .nonspacingMark), ("Mc", .spacingMark), ("Me", .enclosingMark), ("Pc", .connectorPunctuation),
        ("Pd", .dashPunctuation), ("Ps", .openPunctuation), ("Pe", .closePunctuation), ("Pi", .initialPunctuation),
        ("Pf", .finalPunctuation), ("Po", .otherPunctuation), ("Sm", .mathSymbol), ("Sc", .currencySymbol),
        ("Sk", .modifierSymbol), ("So", .otherSymbol), ("Zs", .spaceSeparator), ("Zl", .lineSeparator),
        ("Zp", .paragraphSeparator), ("Cc", .control), ("Cf", .format), ("Cs", .surrogate), ("Co", .privateUse),
        ("Cn", .unassigned),
    ]
}
