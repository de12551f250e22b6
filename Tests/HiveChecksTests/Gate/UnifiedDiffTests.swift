import HiveChecks
import Testing

/// What `git diff` prints.
@Suite struct UnifiedDiffTests {
    private func changes(_ diff: String) -> [String: ChangedLines.Extent] {
        let files = UnifiedDiff.changes(in: Array(diff.utf8)).files
        return Dictionary(uniqueKeysWithValues: files.map { (String(decoding: $0, as: UTF8.self), $1) })
    }

    @Test("Added lines are counted in the new file")
    func added() {
        let diff = """
            diff --git a/x.txt b/x.txt
            index 1..2 100644
            --- a/x.txt
            +++ b/x.txt
            @@ -2 +2,2 @@ heading
            -old
            +new
            +newer
            @@ -9,3 +10,0 @@
            -a
            -b
            -c
            @@ -20,0 +18 @@
            +one
            diff --git a/new b/new
            new file mode 100644
            --- /dev/null
            +++ b/new
            @@ -0,0 +1,3 @@
            +a
            +b
            +c
            \\ No newline at end of file

            """
        #expect(changes(diff) == ["x.txt": .lines([2...3, 18...18]), "new": .lines([1...3])])
    }

    @Test("Lines that look like a diff are lines")
    func disguised() {
        let diff = """
            diff --git a/x b/x
            --- a/x
            +++ b/x
            @@ -1 +1,3 @@
            --- a/y
            +++ b/y
            +@@ -1 +1,9 @@
            +diff --git a/z b/z
            diff --git a/w b/w
            --- a/w
            +++ b/w
            @@ -0,0 +5 @@
            +x
            """
        #expect(changes(diff) == ["x": .lines([1...3]), "w": .lines([5...5])])
    }

    @Test("Renames, binary files, removed files and submodules add no lines")
    func without() {
        let diff = """
            diff --git a/old b/new
            similarity index 100%
            rename from old
            rename to new
            diff --git a/i.png b/i.png
            index 1..2 100644
            Binary files a/i.png and b/i.png differ
            diff --git a/gone b/gone
            deleted file mode 100644
            --- a/gone
            +++ /dev/null
            @@ -1 +0,0 @@
            -x
            diff --git a/mode b/mode
            old mode 100644
            new mode 100755
            """
        #expect(changes(diff).isEmpty)
        #expect(changes("").isEmpty)
    }

    @Test("A renamed file with changes is named as it is now")
    func renamed() {
        let diff = "diff --git a/o b/n\nrename from o\nrename to n\n--- a/o\n+++ b/n\n@@ -1,0 +2 @@\n+x\n"
        #expect(changes(diff) == ["n": .lines([2...2])])
    }

    @Test(
        "Names with blanks, quotes, line breaks and any bytes",
        arguments: [
            ("b/with blank\t", "with blank"), ("\"b/qu\\\"ote\"", "qu\"ote"), ("\"b/line\\nbreak\"", "line\nbreak"),
            ("\"b/tab\\there\"", "tab\there"), ("b/ä", "ä"), ("\"b/\\303\\244\"", "ä"),
            ("\"b/back\\\\slash\"", "back\\slash"),
        ])
    func names(spelled: String, name: String) {
        #expect(changes("+++ \(spelled)\n@@ -0,0 +1 @@\n+x\n") == [name: .lines([1...1])])
    }

    @Test("Bytes that are no UTF-8 stay what they are")
    func bytes() {
        let files = UnifiedDiff.changes(in: Array("+++ \"b/\\377x\"\n@@ -0,0 +1 @@\n+x\n".utf8)).files
        #expect(Array(files.keys) == [[0xFF, UInt8(ascii: "x")]])
    }

    @Test("All of a file in the midst of a merge counts")
    func merge() {
        #expect(changes("diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,1 -1,1 +1,5 @@@\n++<<<<\n")["x"] == .all)
    }

    @Test(
        "Nonsense is passed over",
        arguments: ["@@ -1 +99999999999999999999 @@\n+x", "@@ @@", "+++ \"b/x", "@@ -1 +1,9223372036854775807 @@"])
    func nonsense(text: String) {
        #expect(changes("+++ b/x\n" + text).isEmpty)
    }
}
