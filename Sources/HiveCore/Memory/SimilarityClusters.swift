/// Groups what is alike: a pure function of the items in their order and of how alike they are.
public enum SimilarityClusters {
    /// Goes through the items in order. Each joins the cluster to whose members it is most alike on average, if that is at
    /// least `threshold`, or else begins one; of equals the older cluster takes it. Answers with places, in order, clusters
    /// by their first member.
    ///
    /// - Parameter similarity: symmetric, of two places.
    public static func group(
        count: Int, threshold: Double, similarity: (Int, Int) -> Double
    ) -> [[Int]] {
        var clusters: [[Int]] = []
        for item in 0..<max(0, count) {
            var best: (cluster: Int, likeness: Double)?
            for (cluster, members) in clusters.enumerated() {
                let likeness = members.reduce(0) { $0 + similarity($1, item) } / Double(members.count)
                if likeness >= threshold, likeness > best?.likeness ?? -.infinity { best = (cluster, likeness) }
            }
            if let best { clusters[best.cluster].append(item) } else { clusters.append([item]) }
        }
        return clusters
    }
}
