/// A stretch of one line. Lines and columns count from 1; an end column is the first behind the stretch.
public struct TextPlace: Sendable, Hashable {
    public let line: Int
    /// In Unicode scalars, as people count.
    public let column: Int
    public let endColumn: Int
    /// In UTF-16 code units, as SARIF and editors count.
    public let utf16Column: Int
    public let utf16EndColumn: Int

    /// The beginning of a line.
    public static func start(ofLine line: Int) -> TextPlace {
        TextPlace(line: max(line, 1), column: 1, endColumn: 1, utf16Column: 1, utf16EndColumn: 1)
    }
}
