import Foundation
import HiveCore
import HiveTesting
import Synchronization

@testable import HiveEmbedding

/// What a model server says: vectors by the words of each text, in either API.
struct StandInModel: Sendable {
    let provider: RemoteModelSettings.Provider
    let words = WordHashEmbedder(dimensions: 32)

    struct Asked: Decodable {
        let model: String
        let input: [String]
        let dimensions: Int?
        let truncate: Bool?
        let encoding_format: String?
    }

    static func asked(_ request: StandInServer.Request) throws -> Asked {
        try JSONDecoder().decode(Asked.self, from: Data(request.body))
    }

    func reply(_ request: StandInServer.Request) -> StandInServer.Reply {
        guard let asked = try? Self.asked(request) else { return .json(#"{"error":"no request"}"#, status: 400) }
        return vectors(asked.input.map { words.vector(of: $0) ?? Array(repeating: 0.1, count: 32) })
    }

    func vectors(_ vectors: [[Float]]) -> StandInServer.Reply {
        let texts = vectors.map { "[" + $0.map { "\($0 * 3)" }.joined(separator: ",") + "]" }
        switch provider {
        case .ollama: return .json(#"{"model":"m","embeddings":[\#(texts.joined(separator: ","))],"load_duration":1}"#)
        case .openai:
            // Backwards: the API numbers its vectors.
            let items = texts.enumerated().reversed().map {
                #"{"object":"embedding","index":\#($0.offset),"embedding":\#($0.element)}"#
            }
            let list = items.joined(separator: ",")
            return .json(#"{"object":"list","data":[\#(list)],"model":"m","usage":{"prompt_tokens":1}}"#)
        }
    }
}

extension RemoteModelSettings {
    static func standIn(_ provider: Provider, _ url: String, key: String? = nil) throws -> RemoteModelSettings {
        var settings = RemoteModelSettings(
            provider: provider, url: try ServerURL(url), model: "m", key: key.flatMap { APIKey($0) })
        settings.timeout = .seconds(20)
        settings.questionTimeout = .seconds(20)
        return settings
    }
}

/// A clock that stands still unless somebody sleeps by it.
final class TestClock: Sendable {
    private let time = Mutex<(now: Int64, slept: [Int64])>((1000, []))
    var slept: [Int64] { time.withLock { $0.slept } }
    func advance(_ milliseconds: Int64) { time.withLock { $0.now += milliseconds } }

    var surroundings: CallSurroundings {
        CallSurroundings(
            now: { self.time.withLock { $0.now } },
            sleep: { pause in
                self.time.withLock { time in
                    time.now += pause
                    time.slept.append(pause)
                }
            }, jitter: { 1 })
    }
}
