import HiveCEL
import Testing

@Suite("Conformance") struct ConformanceTests {
    @Test(
        "HiveCEL answers the conformance cases as the language demands, errors by their kind",
        .enabled(
            if: !ConformanceSuite.files.isEmpty,
            "the conformance cases are not here; set HIVE_CEL_CONFORMANCE to the folder with their JSON Lines"),
        arguments: ConformanceSuite.files)
    func conformance(file: String) throws {
        let cases = try ConformanceSuite.cases(of: file)
        #expect(!cases.isEmpty)
        for subject in cases {
            if let problem = try subject.problem() {
                Issue.record("\(file)/\(subject.name): \(subject.expression): \(problem)")
            }
        }
    }

    @Test("A folder that HIVE_CEL_CONFORMANCE names has cases")
    func folder() {
        #expect(ConformanceSuite.folder == nil || !ConformanceSuite.files.isEmpty)
    }

    @Test(
        "The sources of the cases survive being written by the unparser",
        .enabled(if: !ConformanceSuite.files.isEmpty, "the conformance cases are not here"),
        arguments: ConformanceSuite.files)
    func unparsing(file: String) throws {
        for subject in try ConformanceSuite.cases(of: file) {
            guard let program = try? subject.subject.compile() else { continue }
            let written = unparse(program.syntax)
            let again = try Program.compileUnchecked(written, in: subject.subject.environment)
            #expect(Shape.text(again.syntax) == Shape.text(program.syntax), "\(subject.expression) became \(written)")
        }
    }

    @Test("A case is answered with its value or with the kind of its error")
    func answers() {
        #expect(EvaluationCase.answer(#"{"expr":"1 + 1"}"#) == #"{"value":{"int64Value":"2"}}"#)
        let entry = #"{"key":{"stringValue":"y"},"value":{"doubleValue":"NaN"}}"#
        let selection = #"{"expr":"x.y","bindings":{"x":{"mapValue":{"entries":["# + entry + "]}}}}"
        #expect(EvaluationCase.answer(selection) == #"{"value":{"doubleValue":"NaN"}}"#)
        #expect(
            EvaluationCase.answer(#"{"expr":"1 / 0"}"#).hasPrefix(#"{"error":{"kind":"divide_by_zero","message":""#))
        #expect(EvaluationCase.answer(#"{"expr":"1 +"}"#).hasPrefix(#"{"error":{"kind":"syntax","#))
        #expect(EvaluationCase.answer(#"{"expr":"1 + 'a'"}"#).hasPrefix(#"{"error":{"kind":"no_such_overload","#))
        #expect(EvaluationCase.answer(#"{"expr":7}"#).hasPrefix(#"{"error":{"kind":"invalid_argument","#))
        #expect(EvaluationCase.answer("{").hasPrefix(#"{"error":{"kind":"invalid_argument","#))
    }

    @Test("Times are answered as protocol buffers write them, with three, six or nine digits of a second")
    func times() {
        let time = EvaluationCase.answer(#"{"expr":"timestamp('2024-02-29T12:00:00.25Z')"}"#)
        #expect(time.contains("\"2024-02-29T12:00:00.250Z\""))
        #expect(EvaluationCase.answer(#"{"expr":"duration('-1us')"}"#).contains("\"-0.000001s\""))
        #expect(EvaluationCase.answer(#"{"expr":"duration('3s')"}"#).contains("\"3s\""))
    }

    @Test("Declarations, container and unchecked cases reach the expression")
    func declarations() {
        let declared =
            #"{"expr":"y","container":"x","typeEnv":[{"name":"x.y","type":{"primitive":"BOOL"}}],"#
            + #""bindings":{"x.y":{"boolValue":true}}}"#
        #expect(EvaluationCase.answer(declared) == #"{"value":{"boolValue":true}}"#)
        let unchecked = #"{"expr":"true || 1 + 'a' == 2","disableCheck":true}"#
        #expect(EvaluationCase.answer(unchecked) == #"{"value":{"boolValue":true}}"#)
        let plain = #"{"expr":"[1].all(e, e > 0)","disableMacros":true,"disableCheck":true}"#
        #expect(EvaluationCase.answer(plain).contains("unknown_function"))
        let function =
            #"{"expr":"f(1)","typeEnv":[{"name":"f","function":{"overloads":[{"params":[{"primitive":"INT64"}],"#
            + #""resultType":{"primitive":"BOOL"}}]}}]}"#
        #expect(EvaluationCase.answer(function).contains("has no implementation"))
    }
}
