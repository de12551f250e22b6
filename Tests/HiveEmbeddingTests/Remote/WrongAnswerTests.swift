import HiveCore
import Testing

@testable import HiveEmbedding

/// Every wrong answer has an error of its own that says what is wrong.
@Suite struct WrongAnswerTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reply: StandInServer.Reply
        let code: RemoteModelError.Code
        let words: String
    }

    static let faults = [
        Fault(
            testDescription: "too few", reply: .json(#"{"embeddings":[[1,2]]}"#), code: .badAnswer,
            words: "1 vectors for 2 texts"),
        Fault(
            testDescription: "another dimension", reply: .json(#"{"embeddings":[[1,2,3],[1,2,3]]}"#), code: .badAnswer,
            words: "3 components instead of 2"),
        Fault(
            testDescription: "two dimensions", reply: .json(#"{"embeddings":[[1,2],[1,2,3]]}"#), code: .badAnswer,
            words: "3 components instead of 2"),
        Fault(
            testDescription: "no components", reply: .json(#"{"embeddings":[[],[]]}"#), code: .badAnswer,
            words: "0 components instead of 2"),
        Fault(
            testDescription: "NaN", reply: .json(#"{"embeddings":[[NaN,2],[1,2]]}"#), code: .unusable,
            words: "components that are no numbers"),
        Fault(
            testDescription: "zeros", reply: .json(#"{"embeddings":[[0,0],[1,2]]}"#), code: .unusable,
            words: "no direction"),
        Fault(
            testDescription: "null", reply: .json(#"{"embeddings":[[null,2],[1,2]]}"#), code: .badAnswer,
            words: "JSON that the API does not describe"),
        Fault(
            testDescription: "no JSON", reply: .json("all fine"), code: .badAnswer, words: "something that is no JSON"),
        Fault(
            testDescription: "cut off", reply: .json(#"{"embeddings":[[1,2],[1"#), code: .badAnswer,
            words: "something that is no JSON"),
        Fault(testDescription: "empty", reply: .json(""), code: .badAnswer, words: "something that is no JSON"),
        Fault(
            testDescription: "other JSON", reply: .json(#"{"vectors":[]}"#), code: .badAnswer,
            words: "JSON that the API does not describe"),
        Fault(
            testDescription: "an error with status 200", reply: .json(#"{"error":"the model\nis asleep"}"#),
            code: .badAnswer, words: "answered: the model is asleep"),
        Fault(
            testDescription: "a page", reply: .answer(type: "text/html", Array("<html>log in</html>".utf8)),
            code: .badAnswer, words: "an HTML page"),
        Fault(
            testDescription: "a page without its type", reply: .json("\n <!doctype html>"), code: .badAnswer,
            words: "an HTML page"),
        Fault(
            testDescription: "a page of a proxy",
            reply: .answer(status: 502, type: "text/html", Array("<h1>Bad gateway</h1>".utf8)), code: .failed,
            words: "status 502, with an HTML page"),
        Fault(
            testDescription: "a huge answer", reply: .json(String(repeating: " ", count: 70_000)), code: .badAnswer,
            words: "more than 65536 bytes"),
        Fault(
            testDescription: "elsewhere",
            reply: .answer(status: 307, headers: ["location": "http://127.0.0.1:1/"], []), code: .badAnswer,
            words: "sends its callers elsewhere"),
        Fault(
            testDescription: "no such model", reply: .json(#"{"error":"model \"m\" not found"}"#, status: 404),
            code: .notFound, words: "has no model `m` there (status 404: model \"m\" not found)"),
        Fault(
            testDescription: "not let in", reply: .json("{}", status: 403), code: .unauthorized,
            words: "does not let this node in"),
        Fault(
            testDescription: "overloaded", reply: .json("{}", status: 503), code: .overloaded, words: "too much to do"),
        Fault(testDescription: "never", reply: .never, code: .timedOut, words: "did not answer within"),
        Fault(testDescription: "drip by drip", reply: .drip, code: .timedOut, words: "did not answer within"),
        Fault(testDescription: "hung up", reply: .close, code: .unreachable, words: "cannot be reached"),
    ]

    @Test("A wrong answer is named", .timeLimit(.minutes(1)), arguments: faults)
    func named(fault: Fault) async throws {
        let server = try await StandInServer { _ in fault.reply }
        var settings = try RemoteModelSettings.standIn(.ollama, server.url)
        (settings.dimensions, settings.largestAnswer) = (2, 1 << 16)
        settings.timeout = fault.code == .timedOut ? .milliseconds(200) : .seconds(20)
        do {
            _ = try await RemoteEmbedder(settings, surroundings: TestClock().surroundings).embed(["one", "two"])
            Issue.record("it was taken for an answer")
        } catch let error as RemoteModelError {
            #expect(error.code == fault.code && error.message.contains(fault.words), "\(error)")
            #expect(!error.hint.isEmpty && !error.description.contains("\n"))
        }
    }

    @Test("Vectors that are numbered wrongly are not taken")
    func numbers() throws {
        let settings = try RemoteModelSettings.standIn(.openai, "http://127.0.0.1:1")
        func vectors(_ text: String) throws -> [[Float]] { try settings.vectors(in: Array(text.utf8), count: 2) }
        #expect(
            try vectors(#"{"data":[{"index":1,"embedding":[2]},{"index":0,"embedding":[1]}]}"#) == [[1], [2]])
        #expect(try vectors(#"{"data":[{"embedding":[1]},{"embedding":[2]}]}"#) == [[1], [2]])
        for numbers in [(0, 0), (1, 2), (-1, 0)] {
            #expect(throws: RemoteModelError.self) {
                try vectors(
                    #"{"data":[{"index":\#(numbers.0),"embedding":[1]},{"index":\#(numbers.1),"embedding":[2]}]}"#)
            }
        }
    }

    @Test("A server that is not there is said to be not there")
    func absence() async throws {
        let server = try await StandInServer { _ in .never }
        let settings = try RemoteModelSettings.standIn(.openai, server.url)
        try await server.stop()
        do {
            _ = try await RemoteEmbedder(settings, surroundings: TestClock().surroundings).embed(["one"])
            Issue.record("nobody answered")
        } catch let error as RemoteModelError { #expect(error.code == .unreachable, "\(error)") }
    }

    @Test(
        "Addresses with anything but host and path are refused",
        arguments: ["", "here", "ftp://host", "http://", "http://a:b@host", "http://host?x=1", "http://host#x"])
    func addresses(text: String) { #expect(throws: ServerURL.Fault.self) { try ServerURL(text) } }

    @Test("A key that travels in the open is seen as such")
    func readable() throws {
        #expect(try ServerURL("http://models.example:80/v1").isReadable)
        for text in ["https://models.example", "http://127.0.0.1:11434", "http://localhost:1", "http://[::1]:1"] {
            #expect(try !ServerURL(text).isReadable, "\(text)")
        }
        #expect(APIKey("with space") == nil && APIKey("") == nil && APIKey("k\n") == nil)
    }
}
