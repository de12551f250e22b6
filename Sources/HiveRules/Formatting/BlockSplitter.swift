/// Cuts lines into blocks, one for each key at some indentation, each with the comments above it.
struct BlockSplitter {
    /// A key with all that belongs to it.
    struct Block {
        let key: String
        var comments: [String]
        let line: String
        var body: [String] = []

        /// Whether the value stands on the lines below.
        var hasNoValue: Bool {
            guard let colon = line.firstIndex(of: ":") else { return false }
            let rest = line[line.index(after: colon)...].drop { $0 == " " }
            return rest.isEmpty || rest.hasPrefix("#")
        }
    }

    /// Comments before the first key, with a blank line between.
    private(set) var header: [String] = []
    private(set) var blocks: [Block] = []
    /// Comments behind the last key.
    private(set) var footer: [String] = []
    /// Whether every line found its place.
    private(set) var isComplete = true

    static func split(_ lines: [String], indentation: Int) -> BlockSplitter {
        var splitter = BlockSplitter()
        var waiting: [String] = []
        for line in lines {
            let depth = line.prefix { $0 == " " }.count
            if LineCleaner.isBlankOrComment(line), depth <= indentation || line.isEmpty {
                waiting.append(line)
            } else if depth == indentation, let key = key(line.dropFirst(depth)) {
                splitter.begin(Block(key: key, comments: waiting, line: line))
                waiting = []
            } else if splitter.blocks.isEmpty {
                splitter.isComplete = false
                waiting.append(line)
            } else {
                splitter.blocks[splitter.blocks.count - 1].body += waiting + [line]
                waiting = []
            }
        }
        splitter.footer = waiting
        return splitter
    }

    /// A first comment that a blank line sets apart is about the whole.
    private mutating func begin(_ block: Block) {
        var block = block
        if blocks.isEmpty, let blank = block.comments.lastIndex(of: ""),
            block.comments[..<blank].contains(where: { !$0.isEmpty })
        {
            header = Array(block.comments[...blank])
            block.comments = Array(block.comments[(blank + 1)...])
        }
        blocks.append(block)
    }

    /// Keys that the order does not name keep their places behind the others.
    mutating func sort(by order: [String]) {
        guard isComplete else { return }
        func rank(_ block: Block) -> Int { order.firstIndex(of: block.key) ?? order.count }
        let sorted = blocks.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
        blocks = sorted.map(\.element)
    }

    private static func key(_ line: Substring) -> String? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let key = line[..<colon]
        let next = line.index(after: colon)
        guard !key.isEmpty, key.allSatisfy({ $0.isLetter || $0.isNumber || "_-.".contains($0) }),
            next == line.endIndex || line[next] == " "
        else { return nil }
        return String(key)
    }
}
