/// One search: all threads of the automaton advance together, each instruction at most once for each scalar, so the
/// number of steps is at most the product of the two sizes.
struct RegexRun {
    private let program: RegexProgram
    private let text: [Unicode.Scalar]
    /// In which round each instruction was last reached.
    private var marks: [Int]
    private var round = 0
    private(set) var steps = 0
    /// After so many steps a search for a place ends without one.
    private let allowance: Int

    init(_ program: RegexProgram, _ text: [Unicode.Scalar], allowance: Int = .max) {
        self.program = program
        self.text = text
        self.allowance = allowance
        marks = Array(repeating: -1, count: program.instructions.count)
    }

    // MARK: Whether

    mutating func matches() -> Bool {
        var threads: [Int] = []
        var next: [Int] = []
        var stack: [Int] = []
        for position in 0...text.count {
            round += 1
            next.removeAll(keepingCapacity: true)
            stack.append(0)
            stack.append(contentsOf: threads)
            while let address = stack.popLast() {
                guard marks[address] != round else { continue }
                marks[address] = round
                steps += 1
                switch program.instructions[address] {
                case .match: return true
                case .jump(let target): stack.append(target)
                case .split(let first, let second):
                    stack.append(second)
                    stack.append(first)
                case .save: stack.append(address + 1)
                case .assertion(let assertion): if holds(assertion, at: position) { stack.append(address + 1) }
                case .set(let set):
                    if position < text.count, set.contains(text[position]) { next.append(address + 1) }
                }
            }
            swap(&threads, &next)
        }
        return false
    }

    // MARK: Where

    private struct Thread {
        let address: Int
        var slots: [Int]
    }

    /// The places that the first match remembers, two for the whole and two for each group; -1 for none. Of several
    /// matches that begin at the same place it is the preferred one, as in a backtracking engine.
    mutating func firstMatch(from start: Int) -> [Int]? {
        let empty = Array(repeating: -1, count: 2 * (program.groups + 1))
        var threads: [Thread] = []
        var found: [Int]?
        for position in start...text.count {
            guard steps <= allowance else { return nil }
            if found == nil {
                threads.append(Thread(address: 0, slots: empty))
            } else if threads.isEmpty {
                break
            }
            round += 1
            var next: [Thread] = []
            search: for thread in threads {
                for state in reached(from: thread, at: position) {
                    switch program.instructions[state.address] {
                    case .match:
                        found = state.slots
                        // Whatever comes after is less preferred.
                        break search
                    case .set(let set):
                        if position < text.count, set.contains(text[position]) {
                            next.append(Thread(address: state.address + 1, slots: state.slots))
                        }
                    default: continue
                    }
                }
            }
            threads = next
        }
        return found
    }

    /// The instructions that look at the text, or match, that a thread comes to at a place, the preferred one first.
    private mutating func reached(from thread: Thread, at position: Int) -> [Thread] {
        var result: [Thread] = []
        var stack = [thread]
        while let state = stack.popLast() {
            guard marks[state.address] != round else { continue }
            marks[state.address] = round
            steps += 1
            switch program.instructions[state.address] {
            case .match, .set: result.append(state)
            case .jump(let target): stack.append(Thread(address: target, slots: state.slots))
            case .split(let first, let second):
                stack.append(Thread(address: second, slots: state.slots))
                stack.append(Thread(address: first, slots: state.slots))
            case .save(let slot):
                var slots = state.slots
                slots[slot] = position
                stack.append(Thread(address: state.address + 1, slots: slots))
            case .assertion(let assertion):
                if holds(assertion, at: position) {
                    stack.append(Thread(address: state.address + 1, slots: state.slots))
                }
            }
        }
        return result
    }

    // MARK: Assertions

    private func holds(_ assertion: RegexNode.Assertion, at position: Int) -> Bool {
        switch assertion {
        case .textStart: position == 0
        case .textEnd: position == text.count
        case .lineStart: position == 0 || text[position - 1] == "\n"
        case .lineEnd: position == text.count || text[position] == "\n"
        case .wordBoundary: isWord(position - 1) != isWord(position)
        case .notWordBoundary: isWord(position - 1) == isWord(position)
        }
    }

    private func isWord(_ index: Int) -> Bool {
        guard text.indices.contains(index) else { return false }
        switch text[index] {
        case "0"..."9", "A"..."Z", "a"..."z", "_": return true
        default: return false
        }
    }
}
