/// The lines that were added to each file, as a diff without context tells.
public struct ChangedLines: Sendable, Hashable {
    /// What of one file is new.
    public enum Extent: Sendable, Hashable {
        case all
        /// Ranges of line numbers, ascending.
        case lines([ClosedRange<Int>])

        func contains(_ line: Int) -> Bool {
            switch self {
            case .all: true
            case .lines(let ranges): ranges.contains { $0.contains(line) }
            }
        }
    }

    /// By path, as the diff spells it once its quotes are undone.
    public private(set) var files: [[UInt8]: Extent] = [:]

    public init() {}

    /// A file that is new as a whole.
    public mutating func add(whole path: [UInt8]) { files[path] = .all }

    mutating func add(_ range: ClosedRange<Int>, to path: [UInt8]) {
        switch files[path] {
        case .all?: break
        case .lines(let ranges)?: files[path] = .lines(ranges + [range])
        case nil: files[path] = .lines([range])
        }
    }
}
