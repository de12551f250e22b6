public import HiveCore

/// What every store promises. Each check opens a store of its own and throws a `ContractViolation` that says what failed.
public struct StoreContract: Sendable {
    /// One promise by name.
    public enum Check: String, Sendable, CaseIterable {
        case appendsOnlyAtTheHead
        case rangesAndDocuments
        case bodiesAreDropped
        case whatThrowsLeavesNothing
        case savepointsUndoThemselves
        case waitingOperations
        case documentSelections
        case searchFindsAndFilters
        case searchSurvivesOddQueries
        case scoresStayBelowTheirCeiling
        case indexFollowsTransactions
        case localValuesInOrder
        case checkpointsAreKept
        case readsDoNotWrite
        case censusCounts
    }

    private let makeStore: @Sendable () throws -> any Store

    public init(makeStore: @escaping @Sendable () throws -> any Store) { self.makeStore = makeStore }

    public func verify(_ check: Check) throws {
        let store = try makeStore()
        switch check {
        case .appendsOnlyAtTheHead: try appendsOnlyAtTheHead(store)
        case .rangesAndDocuments: try rangesAndDocuments(store)
        case .bodiesAreDropped: try bodiesAreDropped(store)
        case .whatThrowsLeavesNothing: try whatThrowsLeavesNothing(store)
        case .savepointsUndoThemselves: try savepointsUndoThemselves(store)
        case .waitingOperations: try waitingOperations(store)
        case .documentSelections: try documentSelections(store)
        case .searchFindsAndFilters: try searchFindsAndFilters(store)
        case .searchSurvivesOddQueries: try searchSurvivesOddQueries(store)
        case .scoresStayBelowTheirCeiling: try scoresStayBelowTheirCeiling(store)
        case .indexFollowsTransactions: try indexFollowsTransactions(store)
        case .localValuesInOrder: try localValuesInOrder(store)
        case .checkpointsAreKept: try checkpointsAreKept(store)
        case .readsDoNotWrite: try readsDoNotWrite(store)
        case .censusCounts: try censusCounts(store)
        }
    }

    private func demand(_ condition: Bool, _ message: String) throws {
        guard condition else { throw ContractViolation(message) }
    }

    private func demandMisuse(_ what: String, _ work: () throws -> Void) throws {
        do { try work() } catch let error as StoreError where error.code == .misuse { return }
        throw ContractViolation("\(what) was not refused")
    }

    // MARK: Logs

    private func appendsOnlyAtTheHead(_ store: any Store) throws {
        var sample = SampleLog()
        let operations = (1...3).map { _ in sample.next() }
        try store.write { transaction in
            try transaction.logs.save(sample.row)
            try transaction.logs.append(Array(operations[0...1]))
        }
        try demandMisuse("a gap") {
            var later = sample
            let beyond = later.next()
            try store.write { try $0.logs.append([beyond]) }
        }
        try demandMisuse("a repetition") { try store.write { try $0.logs.append([operations[1]]) } }
        try store.write { try $0.logs.append([operations[2]]) }
        let row = try store.read { try $0.logs.row(sample.row.id) }
        try demand(row == sample.row, "the row does not come back as it was saved")
    }

    private func rangesAndDocuments(_ store: any Store) throws {
        var sample = SampleLog()
        let operations = (1...5).map { _ in sample.next() }
        try store.write { transaction in
            try transaction.logs.save(sample.row)
            try transaction.logs.append(operations)
        }
        let log = sample.row.id
        try store.read { transaction in
            try demand(
                try transaction.logs.operations(.range(log, from: 2, through: 4)) == Array(operations[1...3]),
                "a range is wrong")
            try demand(
                try transaction.logs.operations(.range(log, from: 4, through: .max)).count == 2,
                "an open range is wrong")
            try demand(
                try transaction.logs.operation(Dot(log: log, number: 9)) == nil, "there is an operation beyond the head"
            )
            let address = DocumentAddress(scope: sample.row.descriptor.scope, document: operations[0].header.document)
            try demand(
                try transaction.logs.operations(.document(address))
                    == operations.filter { $0.header.document == address.document }, "a document's operations are wrong"
            )
            let elsewhere = DocumentAddress(scope: ScopeID(.sha256([9])), document: address.document)
            try demand(try transaction.logs.operations(.document(elsewhere)).isEmpty, "scopes are mixed up")
            try demand(
                try transaction.logs.rows(.scope(sample.row.descriptor.scope)).map(\.id) == [log],
                "logs by scope are wrong")
        }
    }

    private func bodiesAreDropped(_ store: any Store) throws {
        var sample = SampleLog()
        let operation = sample.next()
        let address = DocumentAddress(scope: sample.row.descriptor.scope, document: operation.header.document)
        try store.write { transaction in
            try transaction.logs.save(sample.row)
            try transaction.logs.append([operation])
            try transaction.logs.dropBodies(of: address)
        }
        let stored = try store.read { try $0.logs.operation(operation.dot) }
        try demand(stored?.body == nil && stored?.header == operation.header, "a body stayed, or its header went")
        let (second, third) = (sample.next(), sample.next())
        try store.write { transaction in
            try transaction.logs.save(sample.row)
            try transaction.logs.append([second, third])
            try transaction.logs.dropBodies(of: [second.dot])
        }
        let left = try store.read { transaction in
            try [second, third].map { try transaction.logs.operation($0.dot)?.body }
        }
        try demand(left == [nil, third.body], "the body of another operation was dropped than the one that was named")
    }

    private func checkpointsAreKept(_ store: any Store) throws {
        var sample = SampleLog()
        try store.write { transaction in
            for size in [10, 1000, 1024, 1500, 2048, 2100] {
                sample.pretend(size: UInt64(size))
                try transaction.logs.save(sample.row)
            }
        }
        let log = sample.row.id
        try store.read { transaction in
            let first = try transaction.logs.checkpoint(of: log, atLeast: 1)?.size ?? 0
            try demand(first >= 1 && first <= 2048, "no early checkpoint was kept")
            try demand(
                try transaction.logs.checkpoint(of: log, atLeast: 2060)?.size == 2100,
                "the newest checkpoint is not found")
            try demand(
                try transaction.logs.checkpoint(of: log, atLeast: 2101) == nil,
                "there is a checkpoint beyond the newest")
        }
    }

    // MARK: Transactions

    private struct Refusal: Error {}

    private func whatThrowsLeavesNothing(_ store: any Store) throws {
        do {
            try store.write { transaction in
                try transaction.local.set([1], for: [1], in: "test")
                throw Refusal()
            }
        } catch is Refusal {}
        let value = try store.read { try $0.local.value([1], in: "test") }
        try demand(value == nil, "a write that threw left something behind")
    }

    private func savepointsUndoThemselves(_ store: any Store) throws {
        try store.write { transaction in
            try transaction.local.set([1], for: [1], in: "test")
            do {
                try transaction.savepoint {
                    try transaction.local.set([2], for: [1], in: "test")
                    throw Refusal()
                }
            } catch is Refusal {}
            try transaction.savepoint { try transaction.local.set([3], for: [2], in: "test") }
        }
        try store.read { transaction in
            try demand(try transaction.local.value([1], in: "test") == [1], "a savepoint did not undo itself")
            try demand(try transaction.local.value([2], in: "test") == [3], "a savepoint lost its work")
        }
    }

    private func readsDoNotWrite(_ store: any Store) throws {
        do { try store.read { try $0.local.set([1], for: [1], in: "test") } } catch is StoreError { return }
        throw ContractViolation("a read could write")
    }

    // MARK: Documents and local values

    private func waitingOperations(_ store: any Store) throws {
        let (a, b) = (LogID(.sha256([1])), LogID(.sha256([2])))
        try store.write { transaction in
            try transaction.documents.setWaiting(Dot(log: a, number: 1), for: Dot(log: b, number: 5))
            try transaction.documents.setWaiting(Dot(log: a, number: 2), for: Dot(log: b, number: 7))
            try transaction.documents.setWaiting(Dot(log: b, number: 3), for: Dot(log: a, number: 9))
        }
        try store.read { transaction in
            try demand(
                try transaction.documents.waiting(for: b, through: 6) == [Dot(log: a, number: 1)], "waiting is wrong")
            try demand(
                try transaction.documents.waiting(for: nil, through: .max).count == 3, "not all that wait are listed")
        }
        try store.write { try $0.documents.setWaiting(Dot(log: a, number: 1), for: nil) }
        let left = try store.read { try $0.documents.waiting(for: b, through: .max) }
        try demand(left == [Dot(log: a, number: 2)], "an operation waits that no longer does")
    }

    private func documentSelections(_ store: any Store) throws {
        var sample = SampleLog()
        let states = (1...4).map { _ in
            let operation = sample.next(newDocument: true)
            return DocumentState.opening(
                with: operation,
                at: DocumentAddress(scope: sample.row.descriptor.scope, document: operation.header.document))
        }
        try store.write { transaction in for state in states { try transaction.documents.save(state) } }
        try store.read { transaction in
            try demand(
                try transaction.documents.list(.all) == states.sorted { $0.address < $1.address },
                "a list is out of order")
            try demand(try transaction.documents.list(.kind(.semantic, scope: nil)).count == 4, "a kind is not found")
            try demand(try transaction.documents.list(.kind(.rule, scope: nil)).isEmpty, "kinds are mixed up")
            try demand(try transaction.documents.list(.contested).isEmpty, "something is contested that is not")
            let prefix = String(states[0].address.document.description.prefix(7))
            try demand(
                try transaction.documents.list(.prefix(prefix)).contains(states[0]),
                "a prefix does not find its document")
            try demand(try transaction.documents.state(states[2].address) == states[2], "a document does not come back")
        }
        try store.write { try $0.documents.remove(states[2].address) }
        try demand(try store.read { try $0.documents.state(states[2].address) } == nil, "a removed document is there")
    }

    private func localValuesInOrder(_ store: any Store) throws {
        try store.write { transaction in
            for key in [[3], [1, 2], [1], [2]] as [[UInt8]] { try transaction.local.set(key, for: key, in: "a") }
            try transaction.local.set([9], for: [1], in: "b")
            try transaction.local.set(nil, for: [2], in: "a")
        }
        let keys = try store.read { try $0.local.values(in: "a", after: [1], limit: 2).map(\.key) }
        try demand(keys == [[1, 2], [3]], "keys are out of order: \(keys)")
        let counts = try store.read { transaction in
            try ["a", "b", "c"].map { try transaction.local.count(in: $0) }
        }
        try demand(counts == [3, 1, 0], "values are miscounted: \(counts)")
    }

    // MARK: Search

    private func entry(_ number: UInt8, _ text: String, updated: Int64) -> IndexEntry {
        let address = DocumentAddress(
            scope: ScopeID(.sha256([number % 2])),
            document: .derived(kind: 34, key: [number], generation: 0))
        let time = Timestamp(milliseconds: updated)
        var entry = IndexEntry(address: address, kind: .semantic, text: text, created: time, updated: time)
        entry.category = number.isMultiple(of: 2) ? "even" : "odd"
        entry.facets = [.tag("t\(number)"), .tag("all"), Facet("long", String(repeating: "\(number)", count: 1000))]
        entry.confidence = number.isMultiple(of: 3) ? nil : Double(number) / 10
        return entry
    }

    private func searchFindsAndFilters(_ store: any Store) throws {
        let texts = [
            "kube-proxy on web-3 needs a restart", "the proxy of the kube cluster", "postgres failed over to db-2",
            "ERR_CONN_RESET in /etc/hosts lookups", "内存泄漏 in the tracking service", "deploys happen on tuesday",
        ]
        let entries = texts.enumerated().map { entry(UInt8($0.offset), $0.element, updated: Int64($0.offset) * 1000) }
        try store.write { transaction in for entry in entries { try transaction.index.put(entry) } }
        func hits(_ text: String?, _ adjust: (inout SearchQuery) -> Void = { _ in }) throws -> [Int] {
            var query = SearchQuery(text: text)
            adjust(&query)
            let found = try store.read { try $0.index.search(query) }
            return found.compactMap { hit in entries.firstIndex { $0.address == hit.address } }
        }
        try demand(try hits("kube-proxy").first == 0, "an identifier is not found first")
        try demand(try hits("ERR_CONN_RESET") == [3], "an error code is not found")
        try demand(try hits("/etc/hosts") == [3], "a path is not found")
        try demand(try hits("内存") == [4], "part of an unspaced text is not found")
        try demand(try hits("postgres") { $0.category = "odd" }.isEmpty, "a category does not filter")
        try demand(try hits(nil) { $0.facets = [.tag("all"), .tag("t5")] } == [5], "facets do not filter")
        try demand(try hits("proxy") { $0.facets = [.tag("t1")] } == [1], "facets do not filter what has the words")
        let long = Facet("long", String(repeating: "4", count: 1000))
        try demand(try hits(nil) { $0.facets = [long] } == [4], "a long facet does not filter")
        try demand(try hits("proxy") { $0.excluded = [.tag("t0")] } == [1], "an excluded facet is found")
        try demand(try hits(nil) { $0.excluded = [.tag("all")] }.isEmpty, "what all have is not excluded")
        try demand(try hits(nil) { $0.minimumConfidence = 0.4 } == [5, 4], "a confidence does not filter")
        var changed = entries[5]
        changed.facets = [.tag("other")]
        try store.write { try $0.index.put(changed) }
        try demand(try hits(nil) { $0.facets = [.tag("t5")] }.isEmpty, "a facet outlives its change")
        try demand(try hits(nil) { $0.facets = [.tag("other")] } == [5], "a changed facet does not filter")
        try demand(
            try hits(nil) {
                $0.limit = 2; $0.offset = 1
            } == [4, 3], "a listing is out of order")
        try demand(try hits(nil) { $0.since = Timestamp(milliseconds: 4000) } == [5, 4], "a time does not filter")
        try store.write { try $0.index.remove(entries[2].address) }
        try demand(try hits("postgres").isEmpty, "a removed entry is found")
        try demand(try store.read { try $0.index.count() } == 5, "the count is wrong")
    }

    private func indexFollowsTransactions(_ store: any Store) throws {
        func words(_ transaction: any StoreTransaction) throws -> [String] {
            try ["kept", "undone", "dropped", "late"].filter {
                !(try transaction.index.search(SearchQuery(text: $0))).isEmpty
            }
        }
        try store.write { try $0.index.put(entry(1, "kept", updated: 1)) }
        do {
            try store.write { transaction in
                try transaction.index.put(entry(2, "dropped", updated: 2))
                try transaction.index.remove(entry(1, "kept", updated: 1).address)
                try demand(try words(transaction) == ["dropped"], "a writer does not see what it did")
                throw Refusal()
            }
        } catch is Refusal {}
        try demand(try store.read(words) == ["kept"], "a write that threw left something in the index")
        try store.write { transaction in
            try transaction.index.put(entry(3, "late", updated: 3))
            do {
                try transaction.savepoint {
                    try transaction.index.removeAll()
                    try transaction.index.put(entry(4, "undone", updated: 4))
                    throw Refusal()
                }
            } catch is Refusal {}
            try demand(try transaction.index.count() == 2, "a savepoint did not undo itself in the index")
        }
        try demand(try store.read(words) == ["kept", "late"], "a commit did not reach the index")
        try store.write { try $0.index.removeAll() }
        try demand(try store.read { try $0.index.count() } == 0, "entries stay when all are removed")
    }

    private func searchSurvivesOddQueries(_ store: any Store) throws {
        try store.write { try $0.index.put(entry(1, "the quick brown fox", updated: 1)) }
        let odd = [
            "", "   ", "\"", "AND OR NOT", "\"unbalanced", "*", "()", "the of and", "fox:", "^fox", "fox*",
            "NEAR(a b)", "-", "\u{0}", "a\"b\"\u{301}c", "\"\u{301} OR fox",
            String(repeating: "many words here ", count: 20_000),
        ]
        for text in odd { _ = try store.read { try $0.index.search(SearchQuery(text: text)) } }
        let found = try store.read { try $0.index.search(SearchQuery(text: "NOT \"fox")) }
        try demand(found.count == 1, "an operator in a query was taken for one")
    }

    private func scoresStayBelowTheirCeiling(_ store: any Store) throws {
        func ceiling(_ text: String) throws -> Double { try store.read { try $0.index.ceiling(for: text) } }
        try demand(try ceiling("of an empty index") > 0, "words have no ceiling in an empty index")
        try store.write { transaction in
            for number in 0..<40 {
                let text = "note \(number) of the proxy" + (number < 4 ? " kube-proxy kube-proxy 内存泄漏" : "")
                try transaction.index.put(entry(UInt8(number), text, updated: 1))
            }
        }
        for question in ["kube-proxy", "the notes on kube-proxy", "内存", "proxy proxies", "kube-proxy and an absentee"] {
            let best = try store.read { try $0.index.search(SearchQuery(text: question)) }.first?.score ?? 0
            let ceiling = try ceiling(question)
            try demand(best > 0 && best <= ceiling, "`\(question)` has the score \(best), its ceiling is \(ceiling)")
        }
        // ln((40 - 4 + 0.5) / (4 + 0.5)) times 2.2, and ln(40.5 / 0.5) times 2.2 for the word that nobody has.
        try demand(abs(try ceiling("kube-proxy") - 4.6053) < 0.001, "the ceiling of a phrase is wrong")
        try demand(abs(try ceiling("kube-proxy absentee") - 14.273) < 0.001, "an absent word is not the rarest")
        for text in ["", "   ", "?!", "\"", "\u{0}"] { try demand(try ceiling(text) == 0, "`\(text)` has words") }
    }
}
