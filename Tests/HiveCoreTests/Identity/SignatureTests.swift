import HiveCore
import HiveTesting
import Testing

/// Ed25519 against RFC 8032 §7.1, and the keyed hash that stands in for it in simulations.
@Suite struct SignatureTests {
    /// Private key, public key, message, signature.
    private static let vectors: [[String]] = [
        [
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b",
        ],
        [
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00",
        ],
        [
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a",
        ],
    ]

    @Test("Ed25519 agrees with the vectors of RFC 8032", arguments: vectors)
    func agrees(with vector: [String]) throws {
        let parts = try vector.map { try #require(Hex.decode($0)) }
        let signer = try Ed25519Signer(privateKey: parts[0])
        #expect(signer.publicKey.bytes == parts[1])
        #expect(signer.privateKeyBytes == parts[0])
        let signature = try #require(Signature(bytes: parts[3]))
        #expect(Ed25519Verifier().isValid(signature, of: parts[2], by: signer.publicKey))
        // Apple's implementation adds randomness, so signatures are compared by what they prove.
        #expect(Ed25519Verifier().isValid(try signer.sign(parts[2]), of: parts[2], by: signer.publicKey))
    }

    @Test("Ed25519Verifier refuses every other message, signature and key")
    func forgeries() throws {
        let signer = Ed25519Signer.generate()
        let message: [UInt8] = [1, 2, 3]
        let signature = try signer.sign(message)
        let verifier = Ed25519Verifier()
        #expect(verifier.isValid(signature, of: message, by: signer.publicKey))
        #expect(!verifier.isValid(signature, of: [1, 2], by: signer.publicKey))
        #expect(!verifier.isValid(signature, of: message, by: Ed25519Signer.generate().publicKey))
        for place in 0..<64 {
            var bytes = signature.bytes
            bytes[place] ^= 1 << UInt8(place % 8)
            let forged = try #require(Signature(bytes: bytes))
            #expect(!verifier.isValid(forged, of: message, by: signer.publicKey), "byte \(place)")
        }
        let nonsense = try #require(PublicKey(bytes: [UInt8](repeating: 0xFF, count: 32)))
        #expect(!verifier.isValid(signature, of: message, by: nonsense))
    }

    @Test("Ed25519Verifier refuses a signature whose scalar was made larger by the order of the group")
    func malleability() throws {
        let signer = Ed25519Signer.generate()
        let signature = try signer.sign([1])
        let order = try #require(Hex.decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"))
        var bytes = signature.bytes
        var carry = 0
        for place in 0..<32 {
            carry += Int(bytes[32 + place]) + Int(order[place])
            bytes[32 + place] = UInt8(carry & 0xFF)
            carry >>= 8
        }
        let other = try #require(Signature(bytes: bytes))
        #expect(other != signature)
        #expect(!Ed25519Verifier().isValid(other, of: [1], by: signer.publicKey))
    }

    @Test("Ed25519Signer takes 32 bytes and makes a new key every time")
    func keys() throws {
        #expect(throws: (any Error).self) { try Ed25519Signer(privateKey: [1, 2, 3]) }
        let (one, two) = (Ed25519Signer.generate(), Ed25519Signer.generate())
        #expect(one.publicKey != two.publicKey)
        #expect(try Ed25519Signer(privateKey: one.privateKeyBytes).publicKey == one.publicKey)
    }

    @Test("KeyedHashVerifier knows its signer's signatures from others")
    func keyedHash() throws {
        let key = try #require(PublicKey(bytes: Digest.sha256([1]).bytes))
        let other = try #require(PublicKey(bytes: Digest.sha256([2]).bytes))
        let signature = try KeyedHashSigner(publicKey: key).sign([5])
        let verifier = KeyedHashVerifier()
        #expect(verifier.isValid(signature, of: [5], by: key))
        #expect(!verifier.isValid(signature, of: [6], by: key))
        #expect(!verifier.isValid(signature, of: [5], by: other))
        for place in 0..<64 {
            var bytes = signature.bytes
            bytes[place] ^= 1
            #expect(!verifier.isValid(try #require(Signature(bytes: bytes)), of: [5], by: key))
        }
    }

    @Test("PublicKey names its node and keeps its bytes")
    func publicKeys() throws {
        let bytes = (0..<32).map { UInt8($0) }
        let key = try #require(PublicKey(bytes: bytes))
        #expect(key.bytes == bytes)
        #expect(key.nodeID.digest == .sha256(Array("hive/1/node".utf8) + [0] + bytes))
        #expect(PublicKey(bytes: bytes.dropLast()) == nil)
        #expect(Signature(bytes: bytes) == nil)
        #expect(key < (try #require(PublicKey(bytes: bytes.dropLast() + [0xFF]))))
    }
}
