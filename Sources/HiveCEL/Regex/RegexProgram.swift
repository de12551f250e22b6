/// A pattern as instructions for an automaton, limited in size.
struct RegexProgram: Sendable {
    enum Instruction: Sendable {
        case set(ScalarSet)
        case split(Int, Int)
        case jump(Int)
        case assertion(RegexNode.Assertion)
        case match
    }

    private(set) var instructions: [Instruction] = []
    private static let maximumSize = 20_000

    init(_ node: RegexNode) throws(RegularExpression.Failure) {
        try emit(node)
        instructions.append(.match)
    }

    private mutating func add(_ instruction: Instruction) throws(RegularExpression.Failure) {
        guard instructions.count < Self.maximumSize else {
            throw RegularExpression.Failure(message: "the regular expression is too large")
        }
        instructions.append(instruction)
    }

    private mutating func emit(_ node: RegexNode) throws(RegularExpression.Failure) {
        switch node {
        case .empty: break
        case .set(let set): try add(.set(set))
        case .assertion(let assertion): try add(.assertion(assertion))
        case .sequence(let items): for item in items { try emit(item) }
        case .choice(let options): try emitChoice(options[...])
        case .repeated(let item, let minimum, let maximum):
            for _ in 0..<minimum { try emit(item) }
            if let maximum {
                try emitOptional(item, count: maximum - minimum)
            } else {
                let start = instructions.count
                try add(.jump(0))
                try emit(item)
                try add(.jump(start))
                instructions[start] = .split(start + 1, instructions.count)
            }
        }
    }

    private mutating func emitOptional(_ item: RegexNode, count: Int) throws(RegularExpression.Failure) {
        var splits: [Int] = []
        for _ in 0..<max(0, count) {
            splits.append(instructions.count)
            try add(.jump(0))
            try emit(item)
        }
        for split in splits { instructions[split] = .split(split + 1, instructions.count) }
    }

    private mutating func emitChoice(_ options: ArraySlice<RegexNode>) throws(RegularExpression.Failure) {
        guard let first = options.first else { return }
        guard options.count > 1 else { return try emit(first) }
        let split = instructions.count
        try add(.jump(0))
        try emit(first)
        let jump = instructions.count
        try add(.jump(0))
        instructions[split] = .split(split + 1, instructions.count)
        try emitChoice(options.dropFirst())
        instructions[jump] = .jump(instructions.count)
    }
}

/// One search: all threads of the automaton advance together, each instruction at most once for each scalar.
struct RegexRun {
    private let program: RegexProgram
    private var marks: [Int]
    private var round = 0

    init(_ program: RegexProgram) {
        self.program = program
        marks = Array(repeating: -1, count: program.instructions.count)
    }

    mutating func matches(_ text: [Unicode.Scalar]) -> Bool {
        var threads: [Int] = []
        for position in 0...text.count {
            round += 1
            var next: [Int] = []
            var stack = threads + [0]
            stack.reverse()
            while let address = stack.popLast() {
                guard marks[address] != round else { continue }
                marks[address] = round
                switch program.instructions[address] {
                case .match: return true
                case .jump(let target): stack.append(target)
                case .split(let first, let second):
                    stack.append(second)
                    stack.append(first)
                case .assertion(let assertion):
                    if Self.holds(assertion, in: text, at: position) { stack.append(address + 1) }
                case .set(let set):
                    if position < text.count, set.contains(text[position]) { next.append(address + 1) }
                }
            }
            threads = next
        }
        return false
    }

    private static func holds(_ assertion: RegexNode.Assertion, in text: [Unicode.Scalar], at position: Int) -> Bool {
        switch assertion {
        case .textStart: position == 0
        case .textEnd: position == text.count
        case .lineStart: position == 0 || text[position - 1] == "\n"
        case .lineEnd: position == text.count || text[position] == "\n"
        case .wordBoundary: isWord(text, position - 1) != isWord(text, position)
        case .notWordBoundary: isWord(text, position - 1) == isWord(text, position)
        }
    }

    private static func isWord(_ text: [Unicode.Scalar], _ index: Int) -> Bool {
        text.indices.contains(index) && ScalarSet(ranges: ScalarSet.word).contains(text[index])
    }
}
