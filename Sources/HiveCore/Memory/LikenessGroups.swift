/// Brings together what is alike. The first of each group leads it: an item joins the first leader that it is like, or
/// becomes a leader. What comes later joins a group or begins one, and never changes who led before.
public enum LikenessGroups {
    /// The places of the items of each group, in order.
    public static func of(_ count: Int, areAlike: (_ leader: Int, _ item: Int) -> Bool) -> [[Int]] {
        var groups: [[Int]] = []
        for item in 0..<count {
            if let group = groups.firstIndex(where: { areAlike($0[0], item) }) {
                groups[group].append(item)
            } else {
                groups.append([item])
            }
        }
        return groups
    }
}
