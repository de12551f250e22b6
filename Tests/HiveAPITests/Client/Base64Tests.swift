import HiveAPI
import Testing

@Suite struct Base64Tests {
    @Test(
        "The vectors of RFC 4648 go both ways",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
    }

    @Test(
        "Anything else is refused",
        arguments: ["Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "=Zg=", "Z g=", "Zm8=Zm8="])
    func refused(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
