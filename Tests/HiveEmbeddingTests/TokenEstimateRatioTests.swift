import HiveCore
import Testing

@testable import HiveEmbedding

/// The estimate of tokens errs on the high side, and not by more than it says.
@Suite struct TokenEstimateRatioTests {
    private static let samples: [(name: String, text: String, least: Double, most: Double)] = [
        (
            "prose",
            """
            Agents run on many machines. Each forgets at the end of the day, repeats what another learned yesterday, \
            and obeys whatever rules its own folder holds. A memory is on disk before it is acknowledged. The \
            daemons keep each other's copies in step without a centre, offline too. Concurrent values stay side by \
            side until somebody who saw them settles the matter. We met on Tuesday, 17 November 2026, and decided \
            that the invoices are sent on the first Monday of each month; the accountant, who had asked for it in \
            October, will tell the customers.
            """, 1.15, 1.7
        ),
        (
            "operations",
            """
            kube-proxy on web-3 needs a restart after each upgrade to 1.29.4. ERR_CONN_RESET from the load balancer \
            (10.0.3.17:8443) means that idle_timeout in /etc/haproxy/haproxy.cfg is below 60s. Certificates of \
            gateway.example.org lapse on 2027-03-01T00:00:00Z, sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b.
            """, 1.0, 1.7
        ),
        (
            "code",
            """
            func settle(at now: Timestamp, sizes: [DocumentAddress: Int]) -> [Departure] {
                for (entry, attention) in ranked(at: now).reversed() {
                    guard let size = sizes[entry.address] else { leave(entry.address, .gone); continue }
                    if attention < policy.threshold { leave(entry.address, .faded) }
                    total += min(size, entry.limit ?? size)  // what is shown counts
                }
                return departures.filter { $0.why != .gone && (total > 4_096 || isCrowded) }
            }
            """, 1.1, 2.0
        ),
        ("chinese", "代理服务器在每次升级之后都需要重新启动，否则负载均衡器会重置连接。请在周一之前更新证书。", 1.8, 2.2),
        ("japanese", "昨日の夜、本番環境の証明書が期限切れになった。次回から六十日前に更新すること。", 1.8, 2.2),
    ]

    @Test(
        "The estimate lies above the WordPiece count of every kind of text, within bounds", arguments: samples.indices)
    func ratio(index: Int) {
        let sample = Self.samples[index]
        let pieces = Tokenizer.tokens(of: sample.text).count
        let ratio = Double(TokenEstimate.tokens(in: sample.text)) / Double(pieces)
        #expect((sample.least...sample.most).contains(ratio), "\(sample.name): \(ratio)")
    }
}
