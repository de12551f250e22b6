/// Wilson's score interval: how far the share of successes can be trusted that was seen in so many trials.
public enum WilsonInterval {
    /// The quantile of the normal distribution for 95 %.
    private static let z = 1.959_963_984_540_054

    /// The lower bound for 95 % confidence, from 0 to 1; 0 without trials or successes.
    public static func lowerBound(successes: Int64, of trials: Int64) -> Double {
        guard trials > 0, successes > 0 else { return 0 }
        let n = Double(trials)
        let share = Double(max(0, min(successes, trials))) / n
        let square = z * z
        let centre = share + square / (2 * n)
        let spread = z * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
        return max(0, (centre - spread) / (1 + square / n))
    }
}
