import Foundation
import HiveCore
import HiveTesting
import Testing

@testable import HiveEmbedding

/// The table is evaluated as its recipe says.
@Suite struct StaticEmbedderTests {
    /// A text with its tokens and the beginning of its vector, made by an independent implementation.
    private struct Golden: Decodable {
        let text: String
        let ids: [UInt16]
        let first8: [Float]
    }

    private static func golden() throws -> [Golden] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Vectors/embedding.json")
        return try JSONDecoder().decode([Golden].self, from: Data(contentsOf: file))
    }

    @Test("Texts have the tokens and vectors that the reference gives them")
    func reference() throws {
        let cases = try Self.golden()
        #expect(cases.count >= 9)
        for golden in cases {
            #expect(Tokenizer.tokens(of: golden.text) == golden.ids, "\(golden.text)")
            let vector = StaticEmbedder().vector(of: golden.text)
            #expect((vector == nil) == golden.first8.allSatisfy { $0 == 0 }, "\(golden.text)")
            for (component, expected) in zip(vector ?? [], golden.first8) {
                #expect(abs(component - expected) < 2e-6, "\(golden.text)")
            }
        }
    }

    @Test("Spaces, control characters, ideographs and accents are treated as the recipe says")
    func cleaning() {
        let plain = Tokenizer.tokens(of: "restart the proxy")
        #expect(Tokenizer.tokens(of: "\u{FEFF}Re\u{0}start\u{2003}the\r\n\tPROXY\u{200B}") == plain)
        #expect(Tokenizer.tokens(of: "日本") == Tokenizer.tokens(of: "日 本"))
        #expect(Tokenizer.tokens(of: "naïve") == Tokenizer.tokens(of: "NAI\u{308}VE"))
        #expect(Tokenizer.tokens(of: "payments_v2") == Tokenizer.tokens(of: "payments _ v2"))
        #expect(Tokenizer.tokens(of: String(repeating: "a", count: 101)) == [WordPieces.unknown])
        #expect(Tokenizer.tokens(of: String(repeating: "a", count: 100)) != [WordPieces.unknown])
    }

    @Test("A text of ASCII is treated as any other")
    func ascii() {
        let text = "curl -fsSL https://x.io/a_b?c=1#d | sh && echo \"done\" > ~/log.txt; [[ $? ]] || exit 1\u{7}"
        let other = Tokenizer.tokens(of: text + " é").dropLast()
        #expect(Tokenizer.tokens(of: text) == Array(other))
    }

    @Test("What means alike lies closer than what does not")
    func closeness() throws {
        let embedder = StaticEmbedder()
        func cosine(_ left: String, _ right: String) throws -> Float {
            let (a, b) = (try #require(embedder.vector(of: left)), try #require(embedder.vector(of: right)))
            return zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let question = "undo a bad deployment"
        #expect(
            try cosine(question, "roll back a faulty release") > cosine(question, "the invoices are sent on mondays"))
    }

    @Test(
        "The data is what was fitted, unchanged",
        arguments: [
            (0, 3_906_816, "1db04ae5b083a5f1787f3e9ba347bd8e07222e2f86bd386135ab7606c8734cfe"),
            (1, 122_088, "29666c76a3bec4a2b155580c5a68e6887e8735fa9f650f47e1c69fcbaffd7be2"),
            (2, 231_508, "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"),
        ])
    func data(part: Int, count: Int, hash: String) {
        let bytes = [TokenTable.rows, TokenTable.scales, TokenTable.vocabulary][part]
        #expect(bytes.count == count)
        #expect(Digest.sha256(Array(bytes)).hex == hash)
    }

    @Test("The embedder keeps the contract", arguments: EmbedderContract.Check.allCases)
    func contract(check: EmbedderContract.Check) async throws {
        try await EmbedderContract { StaticEmbedder() }.verify(check)
    }

    @Test("The embedder in memory keeps the contract", arguments: EmbedderContract.Check.allCases)
    func inMemoryContract(check: EmbedderContract.Check) async throws {
        try await EmbedderContract { WordHashEmbedder() }.verify(check)
    }
}
