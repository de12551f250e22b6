/// The manifests among the files of a gate.
public enum GateManifests {
    /// Whether a file may be a manifest by its name: any text has words, but that alone makes none.
    public static func concern(_ file: SourceFile) -> Bool { FileForm(file) != .other }

    /// What the files hold. Their words as such are left out unless `withText` asks for them.
    public static func read(_ files: [SourceFile], withText: Bool) -> ManifestReader.Contents {
        var contents = ManifestReader.read(files)
        if !withText { contents.manifests.removeAll { $0.kind.hasPrefix("source.") } }
        return contents
    }
}
