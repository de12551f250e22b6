/// A file as rules may know it: relative to one of the folders that count as its project, or whole where none does.
struct FileName: Hashable {
    let text: String
    /// The folder that it is relative to; nil where it is whole, or nobody knows where it starts.
    let root: String?

    /// All names of a file: as it was given and as it really lies, relative to everything that it lies below. Which of
    /// them a rule means nobody can tell, so each is asked about.
    static func all(of given: String, at event: HookEvent) -> [FileName] {
        let place = event.place
        let roots =
            place.roots.isEmpty ? [event.root].compactMap(\.self) : [place.root].compactMap(\.self) + place.roots
        var names: [FileName] = []
        for path in [given, place.real[given]].compactMap(\.self) {
            let relative = roots.compactMap { name(path, below: $0, event.folder) }
            let whole = FileName(text: RepositoryPath.relative(path, root: nil, folder: event.folder), root: nil)
            for name in relative.isEmpty ? [whole] : relative
            where !names.contains(where: { $0.text.utf8.elementsEqual(name.text.utf8) }) {
                names.append(name)
            }
        }
        return names
    }

    /// Nil for a path that does not lie below the root.
    private static func name(_ path: String, below root: String, _ folder: String?) -> FileName? {
        let text = RepositoryPath.relative(path, root: root, folder: folder)
        let whole = RepositoryPath.relative(path, root: nil, folder: folder)
        return text == whole ? nil : FileName(text: text, root: root)
    }
}
