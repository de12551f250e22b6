import HiveCore
import HiveTesting
import Synchronization
import Testing

@testable import HiveEmbedding

/// Servers are asked as their APIs are published.
@Suite struct RemoteEmbedderTests {
    @Test("The OpenAI API is asked with model, texts, format and key")
    func openAI() async throws {
        let server = try await StandInServer { StandInModel(provider: .openai).reply($0) }
        var settings = try RemoteModelSettings.standIn(.openai, server.url, key: "sk-secret")
        settings.dimensions = 32
        let vectors = try await RemoteEmbedder(settings).embed(["one", "two"])
        #expect(vectors[0] != vectors[1] && vectors.allSatisfy { $0?.count == 32 })
        let request = try #require(server.requests.first)
        let asked = try StandInModel.asked(request)
        #expect(request.path == "/v1/embeddings" && request.authorization == "Bearer sk-secret")
        #expect(asked.model == "m" && asked.input == ["one", "two"] && asked.encoding_format == "float")
        #expect(asked.dimensions == 32 && server.requests.count == 1)
    }

    @Test("Ollama is asked with model and texts, and may cut them")
    func ollama() async throws {
        let server = try await StandInServer { StandInModel(provider: .ollama).reply($0) }
        let embedder = RemoteEmbedder(try .standIn(.ollama, server.url + "/"))
        #expect(embedder.dimensions == 0)
        _ = try await embedder.embed(["one", "two"])
        #expect(embedder.dimensions == 32 && embedder.model == "ollama/m")
        let request = try #require(server.requests.first)
        let asked = try StandInModel.asked(request)
        #expect(request.path == "/api/embed" && request.authorization == nil)
        #expect(asked.input == ["one", "two"] && asked.truncate == true && asked.dimensions == nil)
    }

    @Test("An address with a path stands for the root of the API")
    func path() async throws {
        let server = try await StandInServer { StandInModel(provider: .openai).reply($0) }
        _ = try await RemoteEmbedder(try .standIn(.openai, server.url + "/gateway/v1/")).embed(["one"])
        #expect(server.requests.map(\.path) == ["/gateway/v1/embeddings"])
    }

    @Test("Texts go in batches, blank ones not at all, prefixes before each")
    func batches() async throws {
        let server = try await StandInServer { StandInModel(provider: .ollama).reply($0) }
        var settings = try RemoteModelSettings.standIn(.ollama, server.url)
        (settings.batch, settings.textPrefix, settings.questionPrefix) = (2, "text: ", "question: ")
        let embedder = RemoteEmbedder(settings)
        let vectors = try await embedder.embed(["a", " \n", "b", "", "c"])
        #expect(vectors.map { $0 == nil } == [false, true, false, true, false])
        _ = try await embedder.embed(question: "why")
        #expect(try await embedder.embed(question: " ") == nil)
        let asked = try server.requests.map { try StandInModel.asked($0).input }
        #expect(asked == [["text: a", "text: b"], ["text: c"], ["question: why"]])
        #expect(embedder.model == "ollama/m+text: ")
    }

    @Test(
        "Embedders keep the contract", arguments: RemoteModelSettings.Provider.allCases,
        EmbedderContract.Check.allCases)
    func contract(provider: RemoteModelSettings.Provider, check: EmbedderContract.Check) async throws {
        let server = try await StandInServer { StandInModel(provider: provider).reply($0) }
        let settings = try RemoteModelSettings.standIn(provider, server.url)
        try await EmbedderContract { RemoteEmbedder(settings) }.verify(check)
    }

    @Test("A failure that may pass is tried again, after pauses that grow")
    func retries() async throws {
        let left = Mutex(2)
        let server = try await StandInServer { request in
            let fails = left.withLock { left in
                left -= 1
                return left >= 0
            }
            return fails ? .json("{}", status: 503) : StandInModel(provider: .ollama).reply(request)
        }
        let clock = TestClock()
        let embedder = RemoteEmbedder(try .standIn(.ollama, server.url), surroundings: clock.surroundings)
        #expect(try await embedder.embed(["one"])[0] != nil)
        #expect(clock.slept == [200, 400] && server.requests.count == 3)
        #expect(embedder.server?.failures == 2 && embedder.server?.problem == nil)
    }

    @Test("A server that asks for time gets it, and one that asks for too much is left")
    func retryAfter() async throws {
        let seconds = Mutex("2")
        let server = try await StandInServer { _ in
            .answer(status: 429, headers: ["retry-after": seconds.withLock { $0 }], [])
        }
        let clock = TestClock()
        let settings = try RemoteModelSettings.standIn(.openai, server.url)
        await #expect(throws: RemoteModelError.self) {
            try await RemoteEmbedder(settings, surroundings: clock.surroundings).embed(["one"])
        }
        #expect(clock.slept == [2000, 2000])
        seconds.withLock { $0 = "3600" }
        let embedder = RemoteEmbedder(settings, surroundings: clock.surroundings)
        for _ in 0..<2 { await #expect(throws: RemoteModelError.self) { try await embedder.embed(["one"]) } }
        #expect(clock.slept.count == 2 && server.requests.count == 4, "it is not asked again for a while")
        #expect(embedder.server?.pause == 600_000)
    }

    @Test("A server that is down is spared, then asked once, then trusted again")
    func circuit() async throws {
        let isUp = Mutex(false)
        let server = try await StandInServer { request in
            isUp.withLock { $0 } ? StandInModel(provider: .ollama).reply(request) : .close
        }
        let clock = TestClock()
        let embedder = RemoteEmbedder(try .standIn(.ollama, server.url), surroundings: clock.surroundings)
        for _ in 0..<2 { await #expect(throws: RemoteModelError.self) { try await embedder.embed(["one"]) } }
        #expect(server.requests.count == 5 && embedder.server?.circuits["texts"] == .open)
        do {
            _ = try await embedder.embed(["one"])
            Issue.record("a call went through an open circuit")
        } catch let error as RemoteModelError {
            #expect(error.code == .circuitOpen && error.message.contains("cannot be reached"), "\(error)")
        }
        #expect(server.requests.count == 5)
        isUp.withLock { $0 = true }
        clock.advance(embedder.server?.pause ?? 0)
        #expect(try await embedder.embed(["one"])[0] != nil)
        #expect(embedder.server?.circuits == ["texts": .closed, "questions": .closed])
        #expect(embedder.server?.problem == nil)
    }

    @Test("Questions that come too late do not keep texts from being embedded", .timeLimit(.minutes(1)))
    func lanes() async throws {
        let server = try await StandInServer { request in
            let isQuestion = (try? StandInModel.asked(request).input) == ["q"]
            return isQuestion ? .never : StandInModel(provider: .ollama).reply(request)
        }
        var settings = try RemoteModelSettings.standIn(.ollama, server.url)
        settings.questionTimeout = .milliseconds(50)
        let embedder = RemoteEmbedder(settings, surroundings: TestClock().surroundings)
        for _ in 0..<6 { await #expect(throws: RemoteModelError.self) { try await embedder.embed(question: "q") } }
        #expect(embedder.server?.requests == 5)
        #expect(embedder.server?.circuits == ["texts": .closed, "questions": .open])
        #expect(try await embedder.embed(["one"])[0] != nil)
    }

    @Test("A text that the server does not take does not keep the others from it")
    func poison() async throws {
        let server = try await StandInServer { request in
            let texts = (try? StandInModel.asked(request).input) ?? []
            if texts.contains("poison") { return .json(#"{"error":"NaN in the answer"}"#, status: 500) }
            let isLong = texts.contains { $0.count > 1000 }
            if isLong { return .json(#"{"error":{"message":"too long"}}"#, status: 400) }
            return StandInModel(provider: .openai).reply(request)
        }
        let embedder = RemoteEmbedder(try .standIn(.openai, server.url), surroundings: TestClock().surroundings)
        var texts = (0..<40).map { "text \($0)" }
        texts[7] = "poison"
        texts[31] = String(repeating: "long ", count: 700)
        let vectors = try await embedder.embed(texts)
        #expect(vectors.indices.filter { vectors[$0] == nil } == [7])
        #expect(embedder.server?.refused == 1 && embedder.server?.circuits["texts"] == .closed)
        #expect(embedder.server?.problem == nil)
    }

    @Test("A server that takes no text at all is told from one that refuses some")
    func refusal() async throws {
        let server = try await StandInServer { _ in .json(#"{"error":{"message":"no dimensions here"}}"#, status: 400) }
        let embedder = RemoteEmbedder(try .standIn(.openai, server.url), surroundings: TestClock().surroundings)
        do {
            _ = try await embedder.embed((0..<64).map { "text \($0)" })
            Issue.record("nothing was refused")
        } catch let error as RemoteModelError { #expect(error.message.contains("no dimensions here"), "\(error)") }
        #expect(server.requests.count == 2 && embedder.server?.problem?.contains("no dimensions here") == true)
    }

    @Test(
        "The model before is asked of the same server as its vectors were",
        arguments: ["ollama/m", "ollama/m:v1.5", "ollama/m@256", "ollama/a@b", "ollama/m+text: ", "ollama/m@64+a+b@3"])
    func serving(space: String) throws {
        var settings = try RemoteModelSettings.standIn(.ollama, "http://127.0.0.1:1", key: "k")
        (settings.questionPrefix, settings.batch) = ("q: ", 7)
        let other = try #require(settings.serving(space))
        #expect(other.vectorSpace == space && other.url == settings.url && other.key == settings.key)
        #expect(other.batch == 7 && other.questionPrefix == (space.contains("+") ? "q: " : ""))
        #expect(settings.serving("openai/m") == nil && settings.serving("hive-static-256") == nil)
    }

    @Test("A key is shown nowhere")
    func key() async throws {
        let server = try await StandInServer { _ in
            .json(#"{"error":{"message":"Incorrect API key provided: sk-secret-1."}}"#, status: 401)
        }
        let settings = try RemoteModelSettings.standIn(.openai, server.url, key: "sk-secret-1")
        let embedder = RemoteEmbedder(settings, surroundings: TestClock().surroundings)
        do {
            _ = try await embedder.embed(["one"])
            Issue.record("a wrong key was accepted")
        } catch {
            var dumped = "\(error) \(String(reflecting: error)) \(settings) \(String(reflecting: settings))"
            dump(settings, to: &dumped)
            dump(embedder.server, to: &dumped)
            #expect(!dumped.contains("sk-secret"), "\(dumped)")
            #expect(dumped.contains("Incorrect API key provided: (a key)"), "\(dumped)")
        }
        #expect(server.requests.count == 1, "a wrong key is not tried again")
    }
}
