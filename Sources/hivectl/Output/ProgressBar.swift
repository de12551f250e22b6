import Foundation

/// How far something is, on standard error, where that is a terminal; nothing anywhere else.
struct ProgressBar {
    private let what: String
    private let total: Int
    private let isShown: Bool
    private var shown = -1

    init(_ what: String, total: Int) {
        self.what = what
        self.total = total
        isShown = isatty(2) == 1
    }

    mutating func show(_ done: Int) {
        guard isShown else { return }
        let share = total > 0 ? min(100, done * 100 / total) : 0
        guard share != shown || total == 0 else { return }
        shown = share
        let bar = String(repeating: "=", count: share / 4) + String(repeating: " ", count: 25 - share / 4)
        let text = total > 0 ? "[\(bar)] \(share) %" : "\(done)"
        FileHandle.standardError.write(Data("\r\(what) \(text)".utf8))
    }

    func clear() {
        guard isShown, shown >= 0 || total == 0 else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
