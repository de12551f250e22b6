/// A pattern as instructions for an automaton, limited in size.
struct RegexProgram: Sendable {
    enum Instruction: Sendable {
        case set(ScalarSet)
        /// Two ways to go on; the first is preferred.
        case split(Int, Int)
        case jump(Int)
        case assertion(RegexNode.Assertion)
        /// Remembers the place in the text.
        case save(Int)
        case match
    }

    private(set) var instructions: [Instruction] = []
    let groups: Int
    /// Whether it asks where in the text it is.
    private(set) var hasAssertions = false
    private static let maximumSize = 20_000

    init(_ node: RegexNode, groups: Int) throws(RegularExpression.Failure) {
        self.groups = groups
        try add(.save(0))
        try emit(node)
        try add(.save(1))
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
        case .set(let set): try add(.set(set.prepared()))
        case .assertion(let assertion):
            hasAssertions = true
            try add(.assertion(assertion))
        case .sequence(let items): for item in items { try emit(item) }
        case .choice(let options): try emitChoice(options)
        case .group(let inner, let number):
            try add(.save(2 * number))
            try emit(inner)
            try add(.save(2 * number + 1))
        case .repeated(let item, let minimum, let maximum, let isLazy):
            for _ in 0..<minimum { try emit(item) }
            if let maximum {
                try emitOptional(item, count: maximum - minimum, isLazy: isLazy)
            } else {
                let start = instructions.count
                try add(.jump(0))
                try emit(item)
                try add(.jump(start))
                branch(at: start, isLazy: isLazy)
            }
        }
    }

    /// Makes an instruction the choice between what follows it and what comes next.
    private mutating func branch(at place: Int, isLazy: Bool) {
        let end = instructions.count
        instructions[place] = isLazy ? .split(end, place + 1) : .split(place + 1, end)
    }

    private mutating func emitOptional(
        _ item: RegexNode, count: Int, isLazy: Bool
    ) throws(RegularExpression.Failure) {
        var splits: [Int] = []
        for _ in 0..<max(0, count) {
            splits.append(instructions.count)
            try add(.jump(0))
            try emit(item)
        }
        for split in splits { branch(at: split, isLazy: isLazy) }
    }

    private mutating func emitChoice(_ options: [RegexNode]) throws(RegularExpression.Failure) {
        var jumps: [Int] = []
        for option in options.dropLast() {
            let split = instructions.count
            try add(.jump(0))
            try emit(option)
            jumps.append(instructions.count)
            try add(.jump(0))
            branch(at: split, isLazy: false)
        }
        if let last = options.last { try emit(last) }
        for jump in jumps { instructions[jump] = .jump(instructions.count) }
    }
}
