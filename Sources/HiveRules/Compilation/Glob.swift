/// A pattern with `*` for any text and `?` for one character; `**` is the same as `*` except in paths, where a single
/// `*` stops at a slash.
struct Glob: Sendable, Hashable {
    private enum Part: Sendable, Hashable {
        case character(Character)
        case one
        case many
        case manyWithoutSlash
    }

    private let parts: [Part]
    /// The pattern itself, where nothing in it is special.
    let literal: String?

    init(_ pattern: String, isPath: Bool = false) {
        var parts: [Part] = []
        var characters = Array(pattern)[...]
        while let character = characters.popFirst() {
            switch character {
            case "*" where characters.first == "*":
                characters = characters.dropFirst()
                parts.append(.many)
            case "*": parts.append(isPath ? .manyWithoutSlash : .many)
            case "?": parts.append(.one)
            default: parts.append(.character(character))
            }
        }
        self.parts = parts
        literal = pattern.contains { $0 == "*" || $0 == "?" } ? nil : pattern
    }

    /// Linear in pattern times text: the set of places in the pattern advances with each character.
    func matches(_ text: String) -> Bool {
        if let literal { return literal == text }
        var places = closure([0])
        for character in text {
            var next: Set<Int> = []
            for place in places where place < parts.count {
                switch parts[place] {
                case .character(let expected): if expected == character { next.insert(place + 1) }
                case .one: next.insert(place + 1)
                case .many: next.insert(place)
                case .manyWithoutSlash: if character != "/" { next.insert(place) }
                }
            }
            places = closure(next)
            if places.isEmpty { return false }
        }
        return places.contains(parts.count)
    }

    private func closure(_ places: Set<Int>) -> Set<Int> {
        var result = places
        for var place in places {
            while place < parts.count, parts[place] == .many || parts[place] == .manyWithoutSlash {
                place += 1
                result.insert(place)
            }
        }
        return result
    }
}
