import HiveCore
import HiveTesting
import Testing

/// The state of a document is a function of the set of its operations.
@Suite struct MergePropertyTests {
    private static let address = OperationGenerator.address

    /// What a replica does as operations come in one by one: add in place where that is allowed, else merge anew.
    private func fold(_ operations: [Operation]) -> DocumentState? {
        var state: DocumentState?
        for (index, operation) in operations.enumerated() {
            if var present = state, present.isSucceeded(by: operation.header) {
                present.apply(operation)
                state = present
            } else if state == nil {
                state = .opening(with: operation, at: Self.address)
            } else {
                state = .merge(all: Array(operations[0...index]), at: Self.address)
            }
        }
        return state
    }

    private func permutations<Element>(_ elements: [Element]) -> [[Element]] {
        guard elements.count > 1 else { return [elements] }
        return elements.indices.flatMap { index in
            var rest = elements
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }

    @Test("Every order of up to five operations gives the same bytes", arguments: 0..<60 as Range<UInt64>)
    func everyPermutation(seed: UInt64) throws {
        let operations = OperationGenerator.operations(seed: seed, count: 2 + Int(seed % 4))
        let expected = try #require(DocumentState.merge(all: operations, at: Self.address)).encoded()
        for order in permutations(operations) {
            #expect(DocumentState.merge(all: order, at: Self.address)?.encoded() == expected, "seed \(seed)")
            #expect(fold(order)?.encoded() == expected, "seed \(seed)")
        }
    }

    @Test(
        "What authors remove without having seen it, or elsewhere, gives the same bytes in every order",
        arguments: 0..<120 as Range<UInt64>)
    func everyPermutationOfLies(seed: UInt64) throws {
        let operations = OperationGenerator.operations(seed: seed, count: 2 + Int(seed % 4), lies: true)
        let expected = try #require(DocumentState.merge(all: operations, at: Self.address)).encoded()
        for order in permutations(operations) {
            #expect(fold(order)?.encoded() == expected, "seed \(seed)")
        }
    }

    @Test("Long histories in any order, with repetitions, give the same bytes", arguments: 1000..<1100 as Range<UInt64>)
    func longHistories(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let operations = OperationGenerator.operations(seed: seed, count: 30)
        let expected = try #require(DocumentState.merge(all: operations, at: Self.address)).encoded()
        let shuffled = operations.shuffled(using: &random)
        #expect(fold(shuffled)?.encoded() == expected, "seed \(seed)")
        #expect(DocumentState.merge(all: shuffled, at: Self.address)?.encoded() == expected, "seed \(seed)")
    }

    @Test("A merged document comes back from its bytes", arguments: 0..<40 as Range<UInt64>)
    func coding(seed: UInt64) throws {
        let state = try #require(
            DocumentState.merge(all: OperationGenerator.operations(seed: seed, count: 12), at: Self.address))
        #expect(try DocumentState(decoding: state.encoded()) == state)
    }

    @Test("No write is lost: every sibling not seen by another write is shown")
    func nothingIsLost() throws {
        for seed in 0..<100 as Range<UInt64> {
            let operations = OperationGenerator.operations(seed: seed, count: 10)
            let state = try #require(DocumentState.merge(all: operations, at: Self.address))
            let content = FieldID.number(EngramField.content)
            let writes = operations.filter { $0.header.fields == [content] }
            let unseen = writes.filter { write in !writes.contains { $0.header.replaces(write.dot) } }
            #expect(Set(state[content]?.siblings.map(\.dot) ?? []) == Set(unseen.map(\.dot)), "seed \(seed)")
        }
    }
}
