import HiveTesting
import Testing

@testable import HiveCore

/// Texts that are alike are found to be, and groups do not depend on chance.
@Suite struct SimilarityTests {
    @Test(
        "Shingles overlap by what texts share",
        arguments: [
            ("a b c", "a b c", 1.0), ("a b c", "A, b; C!", 1.0), ("a b", "c d", 0.0), ("", "", 0.0),
            ("a b c", "a b d", 3.0 / 7),
            ("磁盘已满", "磁盘已满。", 1.0),
        ])
    func overlap(first: String, second: String, expected: Double) {
        #expect(abs(WordShingles(first).overlap(with: WordShingles(second)) - expected) < 1e-12)
        #expect(
            WordShingles(second).overlap(with: WordShingles(first))
                == WordShingles(first).overlap(with: WordShingles(second)))
    }

    @Test("White space does not make another text, case and punctuation do")
    func fingerprints() {
        let facet = ContentFingerprint.facet(of: "kube-proxy  needs\n a restart ")
        #expect(facet == ContentFingerprint.facet(of: "kube-proxy needs a restart"))
        #expect(facet != ContentFingerprint.facet(of: "Kube-proxy needs a restart"))
        #expect(facet != ContentFingerprint.facet(of: "kube-proxy needs a restart."))
        #expect(ContentFingerprint.facet(of: " \n") == nil)
    }

    @Test("The short way for ASCII finds the words that the long way finds", arguments: 0..<200 as Range<UInt64>)
    func fingerprintsOfASCII(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let letters = Array("ab.\u{0}\u{1C}\u{1F}\u{7F} \t\n\r\u{B}\u{C}".unicodeScalars)
        var text = ""
        for _ in 0..<Int.random(in: 0...20, using: &random) {
            text.unicodeScalars.append(letters.randomElement(using: &random) ?? "a")
        }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(Array(ContentFingerprint.normalised(text).utf8) == Array(words.utf8))
        #expect(ContentFingerprint.normalised(text + "é\u{2028}b").hasSuffix("é b"))
    }

    @Test("Word vectors compare texts by their words, rarer ones first where that is asked for")
    func vectors() {
        let vectors = WordVectors([
            "the disk of web-3 was full", "disk of web-3 full again", "the invoice was paid", "", "the of was",
        ])
        #expect(vectors.cosine(0, 1) > 0.6)
        let rarer = WordVectors(["disk on monday", "disk on friday", "disk on sunday"], weighsRarity: true)
        let plain = WordVectors(["disk on monday", "disk on friday", "disk on sunday"])
        #expect(rarer.cosine(0, 1) < plain.cosine(0, 1))
        #expect(vectors.cosine(0, 2) < 0.2)
        #expect(abs(vectors.cosine(0, 0) - 1) < 1e-9)
        #expect(vectors.cosine(3, 0) == 0 && vectors.cosine(3, 3) == 0)
    }

    @Test("Each item is in one group, groups are as alike as was asked, and twice the same")
    func clusters() {
        var random = SeededRandom(seed: 3)
        for _ in 0..<200 {
            let points = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                Double.random(in: 0...10, using: &random)
            }
            let likeness = { (first: Int, second: Int) in max(0, 1 - abs(points[first] - points[second])) }
            let groups = SimilarityClusters.group(count: points.count, threshold: 0.5, similarity: likeness)
            #expect(groups.flatMap(\.self).sorted() == Array(points.indices))
            #expect(groups.map { $0[0] } == groups.map { $0[0] }.sorted())
            for group in groups {
                #expect(group == group.sorted())
                for (place, item) in group.enumerated().dropFirst() {
                    let mean = group[..<place].reduce(0) { $0 + likeness($1, item) } / Double(place)
                    #expect(mean >= 0.5)
                }
            }
            #expect(SimilarityClusters.group(count: points.count, threshold: 0.5, similarity: likeness) == groups)
        }
    }
}
