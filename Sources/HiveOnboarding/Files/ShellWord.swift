/// A word of a command line, as one types it for a shell.
enum ShellWord {
    /// The word as it is where it has only letters, digits and `marks`, else in quotes. It is looked at byte by byte, as
    /// shells do: a quote and the combining mark behind it are one character to Swift and two to them.
    static func quoted(_ word: String, plain marks: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: marks.utf8.contains(byte)
                }
            }
        return isPlain ? word : "'" + ByteText.replacing("'", in: word, with: "'\\''") + "'"
    }
}
