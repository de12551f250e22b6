/// Makes the table of an ``ASCIIAutomaton`` from a program, state by state.
struct AutomatonBuilder {
    private let program: RegexProgram
    /// One byte of each class.
    private var examples: [UInt8] = []
    private var classes: [UInt8] = []
    private var states: [State] = []
    private var places: [State: UInt8] = [:]
    private var table: [UInt8] = []
    /// For each state but the first two whether it has somewhere to go on a scalar outside ASCII.
    private var goesBeyondASCII: [Bool] = []
    private var work = 0

    private static let maximumStates = 120
    private static let maximumClasses = 40
    /// How many instructions may be looked at, so that no pattern makes compiling slow.
    private static let maximumWork = 20_000

    /// Where threads are before the next byte, and what stands before it, as far as the pattern can tell.
    private struct State: Hashable {
        var addresses: [Int]
        var previous: Previous
    }

    private enum Previous: Hashable {
        case start
        case newline
        case word
        case other
    }

    /// Nil where the table would be too large.
    static func build(_ program: RegexProgram) -> ASCIIAutomaton? {
        var builder = AutomatonBuilder(program)
        guard builder.findClasses(), builder.findStates() else { return nil }
        return ASCIIAutomaton(
            classes: builder.classes, classCount: builder.examples.count, table: builder.withoutLostStates())
    }

    private init(_ program: RegexProgram) { self.program = program }

    // MARK: Classes

    /// Puts bytes together that no instruction tells apart.
    private mutating func findClasses() -> Bool {
        var sets: [ScalarSet] = []
        for instruction in program.instructions {
            if case .set(let set) = instruction { sets.append(set) }
        }
        guard sets.count * 128 <= Self.maximumWork * 2 else { return false }
        var known: [[Bool]: UInt8] = [:]
        for byte in UInt8(0)..<128 {
            let scalar = Unicode.Scalar(byte)
            var signature = sets.map { $0.contains(scalar) }
            if program.hasAssertions { signature += [Self.isWord(byte), byte == 10] }
            if let place = known[signature] {
                classes.append(place)
                continue
            }
            guard examples.count < Self.maximumClasses else { return false }
            known[signature] = UInt8(examples.count)
            classes.append(UInt8(examples.count))
            examples.append(byte)
        }
        return true
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
    }

    // MARK: States

    private mutating func findStates() -> Bool {
        // Two places are kept for the match and for what is lost.
        states = [State(addresses: [-1], previous: .other), State(addresses: [-2], previous: .other)]
        table = Array(repeating: ASCIIAutomaton.matched, count: examples.count + 1)
        table += Array(repeating: ASCIIAutomaton.lost, count: examples.count + 1)
        _ = place(of: State(addresses: [], previous: .start))
        var index = Int(ASCIIAutomaton.start)
        while index < states.count {
            for example in examples { table.append(next(after: states[index], example)) }
            table.append(next(after: states[index], nil))
            // What other scalars lead to is not in the table. To assertions they are what a sign is.
            let others = looking(in: states[index], at: UInt8(ascii: "!"))
            goesBeyondASCII.append(others?.contains { $0.set.holdsBeyondASCII } ?? true)
            guard states.count <= Self.maximumStates, work <= Self.maximumWork else { return false }
            index += 1
        }
        return true
    }

    private mutating func place(of state: State) -> UInt8 {
        if let known = places[state] { return known }
        let place = UInt8(truncatingIfNeeded: states.count)
        places[state] = place
        states.append(state)
        return place
    }

    /// Where the threads of a state stand when they look at the next byte, or at the end of the text; nil for a match.
    private mutating func looking(in state: State, at byte: UInt8?) -> [(address: Int, set: ScalarSet)]? {
        var stack = state.addresses + [0]
        var seen: Set<Int> = []
        var result: [(address: Int, set: ScalarSet)] = []
        while let address = stack.popLast() {
            guard seen.insert(address).inserted else { continue }
            work += 1
            switch program.instructions[address] {
            case .match: return nil
            case .jump(let target): stack.append(target)
            case .split(let first, let second): stack += [second, first]
            case .save: stack.append(address + 1)
            case .assertion(let assertion):
                if Self.holds(assertion, between: state.previous, and: byte) { stack.append(address + 1) }
            case .set(let set): result.append((address, set))
            }
        }
        return result
    }

    /// The state after one more byte, or after the end of the text.
    private mutating func next(after state: State, _ byte: UInt8?) -> UInt8 {
        guard let threads = looking(in: state, at: byte) else { return ASCIIAutomaton.matched }
        guard let byte, states.count <= Self.maximumStates else { return ASCIIAutomaton.lost }
        let previous: Previous =
            if !program.hasAssertions { .start } else if byte == 10 { .newline } else {
                Self.isWord(byte) ? .word : .other
            }
        let scalar = Unicode.Scalar(byte)
        let addresses = threads.filter { $0.set.contains(scalar) }.map { $0.address + 1 }
        return place(of: State(addresses: addresses.sorted(), previous: previous))
    }

    private static func holds(_ assertion: RegexNode.Assertion, between previous: Previous, and next: UInt8?) -> Bool {
        let isBoundary = (previous == .word) != (next.map(isWord) ?? false)
        return switch assertion {
        case .textStart: previous == .start
        case .textEnd: next == nil
        case .lineStart: previous == .start || previous == .newline
        case .lineEnd: next == nil || next == 10
        case .wordBoundary: isBoundary
        case .notWordBoundary: !isBoundary
        }
    }

    /// The table with one state for all from which no match can be reached.
    private func withoutLostStates() -> [UInt8] {
        let width = examples.count + 1
        var isAlive = [true, false] + goesBeyondASCII
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for state in states.indices where !isAlive[state] {
                let row = table[(state * width)..<((state + 1) * width)]
                guard row.contains(where: { isAlive[Int($0)] }) else { continue }
                isAlive[state] = true
                hasChanged = true
            }
        }
        return table.map { isAlive[Int($0)] ? $0 : ASCIIAutomaton.lost }
    }
}
