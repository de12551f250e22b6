import HiveChecks
import Testing

/// What changed between two looks.
@Suite struct GateWatchTests {
    @Test("The first look has nothing to compare with; later ones tell what came, went and changed")
    func looks() {
        var watch = GateWatch<Int>()
        #expect(watch.changes(["a": 1, "b": 1]) == nil)
        #expect(watch.changes(["a": 1, "b": 1]) == [])
        #expect(watch.changes(["a": 2, "c": 1]) == ["a", "b", "c"])
        #expect(watch.changes([:]) == ["a", "c"])
    }
}
