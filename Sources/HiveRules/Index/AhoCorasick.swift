/// Finds all of many texts inside another in one scan of it, whatever their number.
struct AhoCorasick: Sendable {
    /// The class of each byte; bytes that stand in no needle share class 0.
    private let classes: [Int]
    private let classCount: Int
    /// The next state by state and class.
    private let next: [Int32]
    /// Values of the needles that end in each state.
    private let values: [[Int]]

    /// Needles must not be empty.
    init(_ needles: [(text: String, value: Int)]) {
        var classes = [Int](repeating: 0, count: 256)
        var count = 1
        for needle in needles {
            for byte in needle.text.utf8 where classes[Int(byte)] == 0 {
                classes[Int(byte)] = count
                count += 1
            }
        }
        var builder = Builder(classCount: count)
        for needle in needles { builder.insert(needle.text.utf8.map { classes[Int($0)] }, needle.value) }
        builder.link()
        self.classes = classes
        classCount = count
        next = builder.next
        values = builder.values
    }

    /// Calls `found` with the value of every needle in the text, for each place where it stands.
    func scan(_ text: String, _ found: (Int) -> Void) {
        var state = 0
        for byte in text.utf8 {
            state = Int(next[state * classCount + classes[Int(byte)]])
            for value in values[state] { found(value) }
        }
    }

    private struct Builder {
        let classCount: Int
        var next: [Int32]
        var values: [[Int]] = [[]]

        init(classCount: Int) {
            self.classCount = classCount
            next = Array(repeating: -1, count: classCount)
        }

        mutating func insert(_ path: [Int], _ value: Int) {
            var state = 0
            for step in path {
                let place = state * classCount + step
                if next[place] < 0 {
                    next[place] = Int32(values.count)
                    values.append([])
                    next += Array(repeating: -1, count: classCount)
                }
                state = Int(next[place])
            }
            values[state].append(value)
        }

        /// Breadth first, so that the state to fall back to is complete before it is needed.
        mutating func link() {
            var fallback = [Int32](repeating: 0, count: values.count)
            var queue: [Int] = []
            for step in 0..<classCount {
                if next[step] < 0 { next[step] = 0 } else { queue.append(Int(next[step])) }
            }
            var head = 0
            while head < queue.count {
                let state = queue[head]
                head += 1
                values[state] += values[Int(fallback[state])]
                for step in 0..<classCount {
                    let place = state * classCount + step
                    let instead = next[Int(fallback[state]) * classCount + step]
                    if next[place] < 0 {
                        next[place] = instead
                    } else {
                        fallback[Int(next[place])] = instead
                        queue.append(Int(next[place]))
                    }
                }
            }
        }
    }
}
