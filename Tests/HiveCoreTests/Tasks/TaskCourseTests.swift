import HiveTesting
import Testing

@testable import HiveCore

/// A task is what the rulings of its home say: whatever arrives where and when.
@Suite struct TaskCourseTests {
    @Test("Nobody ever sees two holders under one number or two accepted results", arguments: 0..<300 as Range<UInt64>)
    func neverTwo(seed: UInt64) throws {
        var world = TaskWorld(seed: seed)
        try world.run(steps: 60)
        try world.settle()
        let courses = world.nodes.indices.map { world.course(at: $0) }
        #expect(Set(courses).count == 1, "seed \(seed)")
        #expect(courses[0].pending.isEmpty, "the home has answered everything, seed \(seed)")
        let grants = zip(courses[0].steps, courses[0].standings).compactMap { step, standing -> Int64? in
            guard standing == .counts, case .grant(_, _, let fence, _) = step.entry.act else { return nil }
            return fence
        }
        #expect(zip(grants, grants.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
    }

    @Test("The world is one in which things happen")
    func things() throws {
        var (grants, ends) = (0, Set<TaskStatus>())
        for seed in 0..<100 as Range<UInt64> {
            var world = TaskWorld(seed: seed)
            try world.run(steps: 60)
            try world.settle()
            grants += world.grants
            ends.insert(world.course(at: 0).status)
        }
        #expect(grants > 100)
        #expect(ends.isSuperset(of: [.completed, .failed, .open]), "\(ends)")
    }

    @Test("Adopted by whomever, all agree in the end, on one result at most", arguments: 1000..<1300 as Range<UInt64>)
    func adoption(seed: UInt64) throws {
        var world = TaskWorld(seed: seed, mayAdopt: true)
        try world.run(steps: 80)
        try world.settle()
        let courses = world.nodes.indices.map { world.course(at: $0) }
        #expect(Set(courses).count == 1, "seed \(seed)")
        let accepted = zip(courses[0].steps, courses[0].standings).count {
            $1 == .counts && $0.entry.name == "accept"
        }
        #expect(accepted <= 1, "seed \(seed)")
        #expect((courses[0].status == .completed) == (accepted == 1), "seed \(seed)")
    }

    @Test("Adoptions are in some of those worlds")
    func adoptions() throws {
        var count = 0
        for seed in 1000..<1050 as Range<UInt64> {
            var world = TaskWorld(seed: seed, mayAdopt: true)
            try world.run(steps: 80)
            count += world.adoptions
        }
        #expect(count > 10)
    }

    @Test("Entries in any order, some of them twice, come to the same", arguments: 0..<100 as Range<UInt64>)
    func orderAndRepetition(seed: UInt64) throws {
        var world = TaskWorld(seed: seed, mayAdopt: seed.isMultiple(of: 2))
        try world.run(steps: 60)
        let all = Array(Set(world.everything))
        let expected = world.course(of: all)
        var random = SeededRandom(seed: seed)
        for _ in 0..<3 {
            #expect(world.course(of: all.shuffled(using: &random)) == expected, "seed \(seed)")
            let repeated = world.course(of: all + all.filter { _ in random.chance(30) })
            #expect(Self.outcome(repeated) == Self.outcome(expected), "seed \(seed)")
        }
    }

    private static func outcome(_ course: TaskCourse) -> [String?] {
        [
            course.status.rawValue, course.claim?.id, course.claim.map { "\($0.fence)" }, course.result, course.reason,
            "\(course.failures)", course.home?.description, "\(course.epoch)",
        ]
    }

    @Test("Rulings of anybody but the home are void, and so are claims that name no agent")
    func strangers() {
        let table = TaskTable()
        let stranger = NodeID(.sha256([77]))
        let grant = TaskEntry(at: table.now, agent: "eve", .grant(claim: "a", node: stranger, fence: 1, lease: 60))
        let claim = TaskEntry(at: table.now, .claim(id: "a", isOptimistic: false))
        let log = LogID(.sha256([78]))
        let course = TaskCourse(
            home: table.home,
            steps: [claim, grant].enumerated().map {
                TaskCourse.Step($0.element, author: stranger, dot: Dot(log: log, number: UInt64($0.offset) + 1))
            }, mayAdopt: { _ in false })
        #expect(course.status == .open && course.claim == nil)
        #expect(course.standings == [.void("it names no agent"), .void("only the task's home may say so")])
        let adopted = TaskCourse(
            home: table.home,
            steps: [
                TaskCourse.Step(
                    course.adoption(by: stranger, at: table.now, agent: nil), author: stranger,
                    dot: Dot(log: log, number: 1))
            ], mayAdopt: { _ in false })
        #expect(adopted.home == table.home)
    }
}
