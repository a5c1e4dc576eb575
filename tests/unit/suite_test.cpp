// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/trust/suite.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <string>
#include <thread>
#include <vector>

namespace hezhang::sync {
namespace {

Bytes hex(std::string_view text) {
    return fromHex(text).value();
}

const Suite& international() {
    return *suiteFor(SuiteId::international);
}
const Suite& sm() {
    return *suiteFor(SuiteId::sm);
}

struct Rfc8032 {
    const char* secret;
    const char* publicKey;
    const char* message;
    const char* signature;
};
constexpr Rfc8032 kRfc8032[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f"
     "0595bbe24"
     "655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2ea"
     "eb4302aee"
     "b00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e"
     "9716ed28d"
     "c027beceea1ec40a"},
};

// What a KeyPair of a suite is made from in these tests.
KeyPair someKeys(const Suite& suite, std::uint64_t seed = 1) {
    SeededRandom random(seed);
    return suite.newKeyPair(random).value();
}

class FixedRandom final : public RandomSource {
public:
    explicit FixedRandom(Bytes bytes) : m_bytes(std::move(bytes)) {}
    void fill(std::span<std::uint8_t> bytes) override {
        for (std::uint8_t& byte : bytes) {
            byte = m_bytes[m_next++ % m_bytes.size()];
        }
    }

private:
    Bytes m_bytes;
    std::size_t m_next = 0;
};

TEST(Suite, AnUnknownByteIsNoSuite) {
    EXPECT_EQ(suiteFor(static_cast<SuiteId>(0)), nullptr);
    EXPECT_EQ(suiteFor(static_cast<SuiteId>(3)), nullptr);
}

TEST(InternationalSuite, HashesAsFips180Says) {
    const auto abc = international().hash({viewOf("a"), viewOf(""), viewOf("bc")});
    const auto nothing = international().hash({});

    EXPECT_EQ(abc.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(nothing.hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(InternationalSuite, AuthenticatesAsRfc4231Says) {
    const auto first = international().hmac(Bytes(20, 0x0b), {viewOf("Hi "), viewOf("There")});
    const auto second = international().hmac(viewOf("Jefe"), {viewOf("what do ya want for nothing?")});

    EXPECT_EQ(first.hex(), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(second.hex(), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

template <class Fixed>
Fixed fixed(std::string_view text) {
    Fixed result;
    const Bytes bytes = hex(text);
    std::copy(bytes.begin(), bytes.end(), result.bytes.begin());
    return result;
}

TEST(InternationalSuite, EncryptsAsSp80038aSays) {
    const auto key = fixed<Hash>("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
    const auto nonce = fixed<Nonce>("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    const Bytes plain = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
    const Bytes sealed = international().cipher(key, nonce, plain);
    EXPECT_EQ(toHex(sealed), "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5");
    EXPECT_EQ(international().cipher(key, nonce, sealed), plain);
}

TEST(SmSuite, EncryptsAsTheDraftForSm4Says) {
    const auto key = fixed<Hash>("0123456789abcdeffedcba9876543210");
    const auto nonce = fixed<Nonce>("000102030405060708090a0b0c0d0e0f");
    const Bytes plain = hex("aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd");
    const Bytes sealed = sm().cipher(key, nonce, plain);
    EXPECT_EQ(toHex(sealed), "ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7");
    EXPECT_EQ(sm().cipher(key, nonce, sealed), plain);
}

TEST(InternationalSuite, SignsAsRfc8032Says) {
    for (const Rfc8032& vector : kRfc8032) {
        FixedRandom random(hex(vector.secret));

        const auto keys = international().newKeyPair(random);
        ASSERT_TRUE(keys);
        const auto signature = international().sign(*keys, hex(vector.message));

        EXPECT_EQ(toHex(keys->publicKey), vector.publicKey);
        ASSERT_TRUE(signature);
        EXPECT_EQ(toHex(*signature), vector.signature);
        EXPECT_TRUE(international().verify(keys->publicKey, hex(vector.message), *signature));
    }
}

TEST(SmSuite, HashesAsGbt32905Says) {
    const auto abc = sm().hash({viewOf("ab"), viewOf("c")});

    EXPECT_EQ(abc.hex(), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

// GB/T 32918.5 appendix A.2, a signature made elsewhere with the same signer id.
TEST(SmSuite, AcceptsTheSignatureOfTheStandard) {
    const Bytes publicKey =
        hex("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
            "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
    const Bytes signature =
        hex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
            "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");

    EXPECT_TRUE(sm().verify(publicKey, viewOf("message digest"), signature));
    EXPECT_FALSE(sm().verify(publicKey, viewOf("message digesT"), signature));
}

TEST(SmSuite, DerivesThePublicKeyOfTheStandard) {
    FixedRandom random(hex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"));

    const auto keys = sm().newKeyPair(random);

    ASSERT_TRUE(keys);
    EXPECT_EQ(toHex(keys->publicKey),
              "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
              "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
}

TEST(SmSuite, DrawsAgainWhereTheSecretIsOutOfRange) {
    Bytes bytes(32, 0xff);
    bytes.insert(bytes.end(), 32, 0);
    bytes.insert(bytes.end(), 32, 1);
    FixedRandom random(bytes);

    const auto keys = sm().newKeyPair(random);

    ASSERT_TRUE(keys);
    EXPECT_EQ(keys->privateKey, Bytes(32, 1));
}

class EverySuite : public ::testing::TestWithParam<SuiteId> {
protected:
    const Suite& suite = *suiteFor(GetParam());
};
INSTANTIATE_TEST_SUITE_P(All, EverySuite, ::testing::Values(SuiteId::international, SuiteId::sm),
                         [](const auto& one) {
                             return one.param == SuiteId::sm ? std::string("Sm")
                                                             : std::string("International");
                         });

TEST_P(EverySuite, KnowsItsNameAndKeySize) {
    EXPECT_EQ(suite.id(), GetParam());
    EXPECT_EQ(someKeys(suite).publicKey.size(), suite.publicKeySize());
}

TEST_P(EverySuite, TheSameSeedGivesTheSameKeys) {
    EXPECT_EQ(someKeys(suite, 7).privateKey, someKeys(suite, 7).privateKey);
    EXPECT_EQ(someKeys(suite, 7).publicKey, someKeys(suite, 7).publicKey);
    EXPECT_NE(someKeys(suite, 7).publicKey, someKeys(suite, 8).publicKey);
}

TEST_P(EverySuite, AcceptsItsOwnSignaturesOnly) {
    const KeyPair alice = someKeys(suite, 1);
    const KeyPair bob = someKeys(suite, 2);

    const auto signature = suite.sign(alice, viewOf("report"));

    ASSERT_TRUE(signature);
    EXPECT_EQ(signature->size(), Signature::kSize);
    EXPECT_TRUE(suite.verify(alice.publicKey, viewOf("report"), *signature));
    EXPECT_FALSE(suite.verify(alice.publicKey, viewOf("reports"), *signature));
    EXPECT_FALSE(suite.verify(bob.publicKey, viewOf("report"), *signature));
}

TEST_P(EverySuite, RefusesASignatureWithAnyBitChanged) {
    const KeyPair keys = someKeys(suite);
    const Bytes signature = suite.sign(keys, viewOf("report")).value();

    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        Bytes changed = signature;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1 << bit % 8);
        EXPECT_FALSE(suite.verify(keys.publicKey, viewOf("report"), changed)) << bit;
    }
}

TEST_P(EverySuite, SignsTheEmptyMessage) {
    const KeyPair keys = someKeys(suite);

    const auto signature = suite.sign(keys, {});

    ASSERT_TRUE(signature);
    EXPECT_TRUE(suite.verify(keys.publicKey, {}, *signature));
}

TEST_P(EverySuite, RefusesKeysAndSignaturesOfAnyOtherLength) {
    const KeyPair keys = someKeys(suite);
    const Bytes signature = suite.sign(keys, viewOf("m")).value();

    for (std::size_t size = 0; size <= 130; ++size) {
        Bytes key = keys.publicKey;
        key.resize(size);
        Bytes cut = signature;
        cut.resize(size);
        const bool keyIsWhole = size == keys.publicKey.size();
        EXPECT_EQ(suite.verify(key, viewOf("m"), signature), keyIsWhole) << size;
        EXPECT_EQ(suite.verify(keys.publicKey, viewOf("m"), cut), size == signature.size()) << size;
        if (size != keys.privateKey.size()) {
            const auto refused = suite.sign({Bytes(size, 1), keys.publicKey}, viewOf("m"));
            ASSERT_FALSE(refused) << size;
            EXPECT_EQ(refused.error().code, ErrorCode::malformed);
        }
    }
}

TEST_P(EverySuite, RefusesWhatIsNoPointAndNoNumber) {
    const KeyPair keys = someKeys(suite);
    const Bytes signature = suite.sign(keys, viewOf("m")).value();

    for (const int byte : {0x00, 0x02, 0x04, 0x7f, 0xff}) {
        const auto filler = static_cast<std::uint8_t>(byte);
        Bytes key(suite.publicKeySize(), filler);
        EXPECT_FALSE(suite.verify(key, viewOf("m"), signature));
        key[0] = keys.publicKey[0];
        EXPECT_FALSE(suite.verify(key, viewOf("m"), signature));
        EXPECT_FALSE(suite.verify(keys.publicKey, viewOf("m"), Bytes(Signature::kSize, filler)));
    }
}

TEST_P(EverySuite, LeavesNoErrorBehind) {
    ERR_clear_error();

    EXPECT_FALSE(suite.verify(Bytes(suite.publicKeySize(), 5), viewOf("m"), Bytes(Signature::kSize, 5)));

    EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST_P(EverySuite, ManyKeysInTurnStayApart) {
    std::vector<KeyPair> keys;
    std::vector<Bytes> signatures;
    for (std::uint64_t i = 0; i < 70; ++i) {
        keys.push_back(someKeys(suite, i));
        signatures.push_back(suite.sign(keys.back(), viewOf("m")).value());
    }

    for (std::size_t i = 0; i < keys.size(); ++i) {
        EXPECT_TRUE(suite.verify(keys[i].publicKey, viewOf("m"), signatures[i]));
        EXPECT_FALSE(suite.verify(keys[i].publicKey, viewOf("m"), signatures[(i + 1) % keys.size()]));
    }
}

TEST_P(EverySuite, ServesSeveralThreads) {
    const KeyPair keys = someKeys(suite);
    const auto work = [&] {
        for (int i = 0; i < 20; ++i) {
            const auto signature = suite.sign(keys, viewOf("m"));
            EXPECT_TRUE(signature && suite.verify(keys.publicKey, viewOf("m"), *signature));
            EXPECT_EQ(suite.hash({viewOf("m")}), suite.hash({viewOf("m")}));
        }
    };

    std::thread first(work);
    std::thread second(work);
    first.join();
    second.join();
}

}  // namespace
}  // namespace hezhang::sync
