/// A pattern as a table of states, for texts in ASCII: one look-up for each byte, and nothing is allocated. Made when
/// compiling, and only where the table is small; immutable, so that threads share it.
struct ASCIIAutomaton: Sendable {
    /// What each byte is to the pattern; bytes of one class are never told apart.
    private let classes: [UInt8]
    /// How many classes there are; the end of the text is one more.
    private let classCount: Int
    /// The next state for each state and class.
    private let table: [UInt8]

    static let matched: UInt8 = 0
    /// From here no text leads to a match.
    static let lost: UInt8 = 1
    static let start: UInt8 = 2

    init(classes: [UInt8], classCount: Int, table: [UInt8]) {
        self.classes = classes
        self.classCount = classCount
        self.table = table
    }

    /// Nil for a text that is not ASCII, or that is not in one piece.
    func matches(_ text: String) -> Bool? {
        text.utf8.withContiguousStorageIfAvailable { matches($0) } ?? nil
    }

    private func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
        classes.withUnsafeBufferPointer { classes in
            table.withUnsafeBufferPointer { table in
                var state = Self.start
                for byte in bytes {
                    guard byte < 128 else { return nil }
                    state = table[Int(state) * (classCount + 1) + Int(classes[Int(byte)])]
                    if state <= Self.lost { return state == Self.matched }
                }
                return table[Int(state) * (classCount + 1) + classCount] == Self.matched
            }
        }
    }
}
