/// One document as blocks of lines that can be moved.
struct DocumentLayout {
    private static let topOrder = ["apiVersion", "kind", "metadata", "spec", "tests"]
    private static let orders: [String: [String]] = [
        "metadata": ["name", "version", "type", "labels", "created", "origin"],
        "spec": [
            "description", "abstract", "extends", "rules", "scope", "priority", "enforcement", "effective",
            "assignments", "match", "when", "params", "variables", "onError", "effect", "violation", "setting",
            "settings",
            "strategy", "transform", "overrides", "message", "remediation", "reason", "approvedBy", "events",
        ],
    ]

    let text: String

    init(_ source: String) {
        let lines = LineCleaner.clean(source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        var blocks = BlockSplitter.split(lines, indentation: 0)
        blocks.sort(by: Self.topOrder)
        var output = blocks.header
        for block in blocks.blocks { output += Self.lines(of: block) }
        output += blocks.footer
        text = LineCleaner.join(output)
    }

    /// Mappings that people know the keys of are sorted and indented; everything else is only moved as a whole.
    private static func lines(of block: BlockSplitter.Block) -> [String] {
        let inner = block.body
        guard let order = orders[block.key], block.hasNoValue,
            let depth = inner.first(where: { !LineCleaner.isBlankOrComment($0) })?.prefix(while: { $0 == " " }).count,
            depth > 0
        else {
            return block.comments + [block.line] + (block.key == "tests" ? LineCleaner.indented(inner, to: 2) : inner)
        }
        var blocks = BlockSplitter.split(inner, indentation: depth)
        guard blocks.isComplete else { return block.comments + [block.line] + inner }
        blocks.sort(by: order)
        var lines = block.comments + [block.line] + LineCleaner.shifted(blocks.header, by: 2 - depth)
        for inner in blocks.blocks {
            lines += LineCleaner.shifted(inner.comments + [inner.line] + inner.body, by: 2 - depth)
        }
        return lines + LineCleaner.shifted(blocks.footer, by: 2 - depth)
    }
}
