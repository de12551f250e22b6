package import HiveCore

extension Simulation {
    /// What may go wrong and how much is done.
    public struct Plan: Sendable, Equatable, CustomStringConvertible {
        public let seed: UInt64
        public var nodes: Int
        public var steps: Int
        public var faults: Set<Fault>
        /// What keeps known mistakes out; taken away one by one to see that they are noticed.
        package var defences = Defences.standing

        /// A plan drawn from a seed. The basic faults are there in about half of the runs, of all others some few.
        public init(seed: UInt64) {
            self.seed = seed
            var random = SeededRandom(seed: seed ^ 0xA5A5)
            nodes = Int.random(in: 2...5, using: &random)
            steps = Int.random(in: 20...60, using: &random)
            faults = []
            let density = [0, 4, 8, 15].randomElement(using: &random) ?? 0
            for fault in Fault.allCases.sorted() {
                let isBasic = [.loss, .duplication, .delay, .isolation, .crash].contains(fault)
                if random.chance(isBasic ? 40 : density) { faults.insert(fault) }
            }
        }

        /// How strong a fault is in this run: 1 to 100, and 0 where it is not in the plan. The same for a seed whatever
        /// else is in the plan, so that a plan can be made smaller.
        func strength(_ fault: Fault) -> Int {
            guard faults.contains(fault) else { return 0 }
            var random = Self.random(seed, fault)
            return Int.random(in: 1...100, using: &random)
        }

        /// The chance of a fault alone.
        static func random(_ seed: UInt64, _ fault: Fault) -> SeededRandom {
            var name: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in fault.rawValue.utf8 { name = (name ^ UInt64(byte)) &* 0x100_0000_01B3 }
            return SeededRandom(seed: seed ^ name)
        }

        public var description: String {
            let names = faults.sorted().map(\.rawValue).joined(separator: ", ")
            return "seed \(seed): \(nodes) nodes, \(steps) steps, \(names.isEmpty ? "no faults" : names)"
        }
    }
}
