import HiveCEL
import HiveChecks
import Testing

@Suite struct DockerfileTests {
    private func fact(_ name: String, _ text: String) -> String {
        Read.fact(name, of: "dockerfile", in: text, as: "app/Dockerfile")
    }

    @Test(
        "The user of the last stage, with variables put in",
        arguments: [
            ("FROM a\nUSER app", #""app""#), ("FROM a\nARG U=1000\nUSER $U:${G:-5}", #""1000:5""#),
            ("FROM a\nuser app \\\n  # a comment inside\n\n", #""app""#), ("FROM a AS one\nUSER x\nFROM b", "nothing"),
            ("FROM a AS one\nUSER x\nFROM one", #""x""#), ("ARG U=x\nFROM a\nARG U\nENV V=$U\nUSER $V", #""x""#),
            ("# escape=`\nFROM a\nUSER `\n app", #""app""#), ("FROM a\nENV U y\nUSER ${U}", #""y""#),
        ])
    func user(text: String, user: String) { #expect(fact("user", text) == user) }

    @Test("What stands in a heredoc is no instruction")
    func heredoc() {
        let text =
            "FROM a\nRUN <<EOF bash <<-\"TWO\"\nUSER root\nEOF\nUSER other\n\tTWO\nCOPY <<X /f\nUSER z\nX\nUSER app\n"
        #expect(fact("user", text) == #""app""#)
        #expect(fact("instructions", text) == #"["FROM","RUN","COPY","USER"]"#)
        #expect(fact("instructions", "FROM a\nRUN cat <<< word\nUSER x") == #"["FROM","RUN","USER"]"#)
    }

    @Test(
        "Health checks with their options",
        arguments: [
            (
                "HEALTHCHECK --interval=1m \\\n  --timeout=5s --retries=2 CMD curl /health",
                #"{"command":"curl /health","intervalSeconds":60.0,"retries":2.0,"timeoutSeconds":5.0}"#
            ), ("HEALTHCHECK NONE", "nothing"), ("LABEL a=b", "nothing"),
        ])
    func health(text: String, facts: String) { #expect(fact("health", "FROM a\n" + text) == facts) }

    @Test(
        "Whether a shell stands before the program",
        arguments: [
            ("CMD [\"a\"]", #""exec""#), ("CMD a b", #""shell""#), ("ENTRYPOINT [\"a\"]\nCMD b", #""exec""#),
            ("CMD b\nENTRYPOINT a", #""shell""#), ("CMD exec a", #""exec""#), ("LABEL a=b", "nothing"),
        ])
    func entry(text: String, entry: String) { #expect(fact("entry", "FROM a\n" + text) == entry) }

    @Test(
        "What is no Dockerfile is refused with its line",
        arguments: [
            ("FROM a\nRUNN x", "app/Dockerfile:2: `RUNN` is no instruction"),
            ("RUN x", "app/Dockerfile:1: there is no FROM"),
            ("FROM a\nRUN <<EOF\nx", "app/Dockerfile:2: the heredoc `EOF` has no end"),
            ("", "app/Dockerfile:1: there is no FROM"),
        ])
    func refused(text: String, problem: String) {
        #expect(Read.contents(text, as: "app/Dockerfile").problems.map(\.description) == [problem])
    }

    @Test(
        "Files that are Dockerfiles by their names",
        arguments: ["Dockerfile.dev", "api.Dockerfile", "Containerfile", "x/dockerfile"])
    func names(path: String) { #expect(Read.fact("user", of: "dockerfile", in: "FROM a\nUSER b", as: path) == #""b""#) }
}
