// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/trust/suite.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <string>

#include "sync/base/check.h"
#include "sync/trust/keys.h"

namespace hezhang::sync {

namespace {

constexpr std::size_t kPrivateKeySize = 32;
constexpr std::size_t kEd25519PublicSize = 32;
constexpr std::size_t kSm2PublicSize = 65;
constexpr std::size_t kSm2HalfSize = 32;

// Whatever OpenSSL noted about a refused key or signature must not surface in a later, unrelated call.
class CleanErrors {
public:
    CleanErrors() { ERR_set_mark(); }
    CleanErrors(const CleanErrors&) = delete;
    CleanErrors& operator=(const CleanErrors&) = delete;
    ~CleanErrors() { ERR_pop_to_mark(); }
};

// A null pointer means "not given" to several OpenSSL functions.
const std::uint8_t* dataOf(BytesView bytes) {
    static constexpr std::uint8_t kNothing = 0;
    return bytes.empty() ? &kNothing : bytes.data();
}

enum class KeyUse : std::uint8_t { sign = 1, verify = 2 };

// What both suites do in the same way over an OpenSSL digest.
class OpensslSuite : public Suite {
public:
    OpensslSuite(const char* digestName, const char* cipherName)
        : m_cipher(EVP_CIPHER_fetch(nullptr, cipherName, nullptr)),
          m_digestName(digestName),
          m_digest(EVP_MD_fetch(nullptr, digestName, nullptr)),
          m_hmac(EVP_MAC_fetch(nullptr, "HMAC", nullptr)) {
        HZ_ASSERT(m_digest != nullptr && m_hmac != nullptr && m_cipher != nullptr);
    }

    [[nodiscard]] Hash hash(std::initializer_list<BytesView> parts) const override {
        // Initialising again with the digest it had is much cheaper than a new context.
        static thread_local const OwnedDigestContext contexts[] = {OwnedDigestContext(EVP_MD_CTX_new()),
                                                                   OwnedDigestContext(EVP_MD_CTX_new())};
        EVP_MD_CTX* context = contexts[id() == SuiteId::international ? 0 : 1].get();
        bool good = EVP_DigestInit_ex(context, m_digest.get(), nullptr) == 1;
        for (const BytesView part : parts) {
            good = good && EVP_DigestUpdate(context, part.data(), part.size()) == 1;
        }
        Hash hash;
        good = good && EVP_DigestFinal_ex(context, hash.bytes.data(), nullptr) == 1;
        HZ_ASSERT(good);
        return hash;
    }

    [[nodiscard]] Hash hmac(BytesView key, std::initializer_list<BytesView> parts) const override {
        EVP_MAC_CTX* context = macContext();
        bool good = EVP_MAC_init(context, dataOf(key), key.size(), nullptr) == 1;
        for (const BytesView part : parts) {
            good = good && EVP_MAC_update(context, part.data(), part.size()) == 1;
        }
        Hash hash;
        std::size_t size = 0;
        good = good && EVP_MAC_final(context, hash.bytes.data(), &size, hash.bytes.size()) == 1;
        HZ_ASSERT(good && size == Hash::kSize);
        return hash;
    }

    [[nodiscard]] Bytes cipher(const Hash& key, const Nonce& nonce, BytesView message) const override {
        const Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> context(EVP_CIPHER_CTX_new());
        Bytes result(message.size());
        // Of the key as much as the cipher takes: 32 bytes, or 16.
        bool good = EVP_EncryptInit_ex2(context.get(), m_cipher.get(), key.bytes.data(), nonce.bytes.data(),
                                        nullptr) == 1;
        constexpr std::size_t kStep = std::size_t{1} << 30;
        for (std::size_t at = 0; good && at < message.size(); at += kStep) {
            const int size = static_cast<int>(std::min(kStep, message.size() - at));
            int written = 0;
            good = EVP_EncryptUpdate(context.get(), result.data() + at, &written, message.data() + at,
                                     size) == 1 &&
                   written == size;
        }
        HZ_ASSERT(good);
        return result;
    }

protected:
    // The parsed key, valid until this thread asks for the next; nullptr where it is none.
    template <class Parse>
    [[nodiscard]] EVP_PKEY* parsed(KeyUse use, BytesView key, Parse parse) const {
        const std::uint8_t kind[] = {static_cast<std::uint8_t>(id()), static_cast<std::uint8_t>(use)};
        return recentKeys().find(hash({kind, key}), parse);
    }

    [[nodiscard]] const EVP_MD* digest() const { return m_digest.get(); }

private:
    // Of this thread. As in hash(): a new context looks its digest up by name, which costs more than a MAC.
    [[nodiscard]] EVP_MAC_CTX* macContext() const {
        static thread_local OwnedMacContext contexts[2];
        OwnedMacContext& context = contexts[id() == SuiteId::international ? 0 : 1];
        if (context == nullptr) {
            context.reset(EVP_MAC_CTX_new(m_hmac.get()));
            std::string digest = m_digestName;
            const OSSL_PARAM parameters[] = {
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), digest.size()),
                OSSL_PARAM_construct_end()};
            HZ_ASSERT(EVP_MAC_CTX_set_params(context.get(), parameters) == 1);
        }
        return context.get();
    }
    static RecentKeys& recentKeys() {
        static thread_local RecentKeys recent;
        return recent;
    }

    Owned<EVP_CIPHER, EVP_CIPHER_free> m_cipher;
    const char* m_digestName;
    Owned<EVP_MD, EVP_MD_free> m_digest;
    Owned<EVP_MAC, EVP_MAC_free> m_hmac;
};

tl::unexpected<Error> noKey() {
    return fail(ErrorCode::malformed, "a signing key is damaged");
}
tl::unexpected<Error> noSignature() {
    return fail(ErrorCode::internal, "the signing library failed");
}

class InternationalSuite final : public OpensslSuite {
public:
    InternationalSuite() : OpensslSuite("SHA256", "AES-256-CTR") {}
    [[nodiscard]] SuiteId id() const override { return SuiteId::international; }
    [[nodiscard]] std::size_t publicKeySize() const override { return kEd25519PublicSize; }

    [[nodiscard]] Result<KeyPair> newKeyPair(RandomSource& random) const override {
        const CleanErrors clean;
        KeyPair keys{Bytes(kPrivateKeySize), Bytes(kEd25519PublicSize)};
        random.fill(keys.privateKey);
        EVP_PKEY* key = signingKey(keys.privateKey);
        std::size_t size = keys.publicKey.size();
        if (key == nullptr || EVP_PKEY_get_raw_public_key(key, keys.publicKey.data(), &size) != 1) {
            return noSignature();
        }
        return keys;
    }

    [[nodiscard]] Result<Bytes> sign(const KeyPair& keys, BytesView message) const override {
        const CleanErrors clean;
        EVP_PKEY* key = signingKey(keys.privateKey);
        if (key == nullptr) {
            return noKey();
        }
        const OwnedDigestContext context(EVP_MD_CTX_new());
        Bytes signature(Signature::kSize);
        std::size_t size = signature.size();
        if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key) != 1 ||
            EVP_DigestSign(context.get(), signature.data(), &size, dataOf(message), message.size()) != 1) {
            return noSignature();
        }
        return signature;
    }

    [[nodiscard]] bool verify(BytesView publicKey, BytesView message, BytesView signature) const override {
        if (publicKey.size() != kEd25519PublicSize || signature.size() != Signature::kSize) {
            return false;
        }
        const CleanErrors clean;
        EVP_PKEY* key = parsed(KeyUse::verify, publicKey, [&] {
            return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, publicKey.data(), publicKey.size());
        });
        const OwnedDigestContext context(EVP_MD_CTX_new());
        return key != nullptr && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
               EVP_DigestVerify(context.get(), signature.data(), signature.size(), dataOf(message),
                                message.size()) == 1;
    }

private:
    [[nodiscard]] EVP_PKEY* signingKey(BytesView seed) const {
        if (seed.size() != kPrivateKeySize) {
            return nullptr;
        }
        return parsed(KeyUse::sign, seed, [&] {
            return EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size());
        });
    }
};

// r || s <-> the DER form OpenSSL works with.
Bytes derOf(BytesView signature) {
    OwnedSignature parts(ECDSA_SIG_new());
    BIGNUM* r = BN_bin2bn(signature.data(), kSm2HalfSize, nullptr);
    BIGNUM* s = BN_bin2bn(signature.data() + kSm2HalfSize, kSm2HalfSize, nullptr);
    HZ_ASSERT(parts != nullptr && ECDSA_SIG_set0(parts.get(), r, s) == 1);
    Bytes der(static_cast<std::size_t>(i2d_ECDSA_SIG(parts.get(), nullptr)));
    std::uint8_t* out = der.data();
    i2d_ECDSA_SIG(parts.get(), &out);
    return der;
}

Result<Bytes> fixedOf(BytesView der) {
    const std::uint8_t* in = der.data();
    const OwnedSignature parts(d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(der.size())));
    Bytes signature(Signature::kSize);
    if (parts == nullptr ||
        BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), signature.data(), kSm2HalfSize) != kSm2HalfSize ||
        BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), signature.data() + kSm2HalfSize, kSm2HalfSize) !=
            kSm2HalfSize) {
        return noSignature();
    }
    return signature;
}

class SmSuite final : public OpensslSuite {
public:
    SmSuite() : OpensslSuite("SM3", "SM4-CTR"), m_group(EC_GROUP_new_by_curve_name(NID_sm2)) {
        HZ_ASSERT(m_group != nullptr);
    }
    [[nodiscard]] SuiteId id() const override { return SuiteId::sm; }
    [[nodiscard]] std::size_t publicKeySize() const override { return kSm2PublicSize; }

    [[nodiscard]] Result<KeyPair> newKeyPair(RandomSource& random) const override {
        const CleanErrors clean;
        Bytes secret(kPrivateKeySize);
        OwnedNumber number;
        do {
            random.fill(secret);
            number.reset(BN_bin2bn(secret.data(), static_cast<int>(secret.size()), nullptr));
        } while (number != nullptr && !inRange(number.get()));
        const Owned<EC_POINT, EC_POINT_free> point(EC_POINT_new(m_group.get()));
        Bytes publicKey(kSm2PublicSize);
        if (number == nullptr ||
            EC_POINT_mul(m_group.get(), point.get(), number.get(), nullptr, nullptr, nullptr) != 1 ||
            EC_POINT_point2oct(m_group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, publicKey.data(),
                               publicKey.size(), nullptr) != publicKey.size()) {
            return noSignature();
        }
        return KeyPair{std::move(secret), std::move(publicKey)};
    }

    [[nodiscard]] Result<Bytes> sign(const KeyPair& keys, BytesView message) const override {
        const CleanErrors clean;
        EVP_PKEY* key = signingKey(keys);
        if (key == nullptr) {
            return noKey();
        }
        const OwnedDigestContext context(EVP_MD_CTX_new());
        const OwnedKeyContext withId = contextFor(context.get(), key);
        std::array<std::uint8_t, 80> der;
        std::size_t size = der.size();
        if (withId == nullptr || EVP_DigestSignInit(context.get(), nullptr, digest(), nullptr, key) != 1 ||
            EVP_DigestSign(context.get(), der.data(), &size, dataOf(message), message.size()) != 1) {
            return noSignature();
        }
        return fixedOf(BytesView(der).first(size));
    }

    [[nodiscard]] bool verify(BytesView publicKey, BytesView message, BytesView signature) const override {
        if (publicKey.size() != kSm2PublicSize || publicKey[0] != POINT_CONVERSION_UNCOMPRESSED ||
            signature.size() != Signature::kSize) {
            return false;
        }
        const CleanErrors clean;
        EVP_PKEY* key = parsed(KeyUse::verify, publicKey, [&] { return keyFrom(publicKey, nullptr); });
        if (key == nullptr) {
            return false;
        }
        const OwnedDigestContext context(EVP_MD_CTX_new());
        const OwnedKeyContext withId = contextFor(context.get(), key);
        const Bytes der = derOf(signature);
        return withId != nullptr &&
               EVP_DigestVerifyInit(context.get(), nullptr, digest(), nullptr, key) == 1 &&
               EVP_DigestVerify(context.get(), der.data(), der.size(), dataOf(message), message.size()) == 1;
    }

private:
    // GB/T 32918: 1 … n-2.
    [[nodiscard]] bool inRange(const BIGNUM* secret) const {
        const OwnedNumber limit(BN_dup(EC_GROUP_get0_order(m_group.get())));
        HZ_ASSERT(limit != nullptr && BN_sub_word(limit.get(), 1) == 1);
        return BN_is_zero(secret) == 0 && BN_cmp(secret, limit.get()) < 0;
    }

    // The signer's id is part of what SM2 signs; OpenSSL's own default is the empty one.
    static OwnedKeyContext contextFor(EVP_MD_CTX* context, EVP_PKEY* key) {
        static constexpr char kSignerId[] = "1234567812345678";
        OwnedKeyContext withId(EVP_PKEY_CTX_new(key, nullptr));
        if (withId == nullptr || EVP_PKEY_CTX_set1_id(withId.get(), kSignerId, sizeof kSignerId - 1) != 1) {
            return nullptr;
        }
        EVP_MD_CTX_set_pkey_ctx(context, withId.get());
        return withId;
    }

    [[nodiscard]] EVP_PKEY* signingKey(const KeyPair& keys) const {
        if (keys.privateKey.size() != kPrivateKeySize || keys.publicKey.size() != kSm2PublicSize) {
            return nullptr;
        }
        Bytes both = keys.privateKey;
        both.insert(both.end(), keys.publicKey.begin(), keys.publicKey.end());
        EVP_PKEY* key = parsed(KeyUse::sign, both, [&]() -> EVP_PKEY* {
            const OwnedNumber secret(BN_bin2bn(keys.privateKey.data(), kPrivateKeySize, nullptr));
            return inRange(secret.get()) ? keyFrom(keys.publicKey, secret.get()) : nullptr;
        });
        OPENSSL_cleanse(both.data(), both.size());
        return key;
    }

    // nullptr where the point is not on the curve. `secret` may be absent.
    static EVP_PKEY* keyFrom(BytesView publicKey, const BIGNUM* secret) {
        char group[] = "SM2";
        Bytes point = copyOf(publicKey);
        std::array<std::uint8_t, kPrivateKeySize> native{};
        std::array<OSSL_PARAM, 4> parameters;
        std::size_t used = 0;
        parameters[used++] =
            OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group - 1);
        parameters[used++] =
            OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
        if (secret != nullptr) {
            HZ_ASSERT(BN_bn2nativepad(secret, native.data(), static_cast<int>(native.size())) > 0);
            parameters[used++] =
                OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, native.data(), native.size());
        }
        parameters[used] = OSSL_PARAM_construct_end();
        const OwnedKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
        EVP_PKEY* key = nullptr;
        if (context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1) {
            EVP_PKEY_fromdata(context.get(), &key, secret != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY,
                              parameters.data());
        }
        OPENSSL_cleanse(native.data(), native.size());
        return key;
    }

    Owned<EC_GROUP, EC_GROUP_free> m_group;
};

}  // namespace

const Suite* suiteFor(SuiteId id) {
    static const InternationalSuite international;
    static const SmSuite sm;
    switch (id) {
    case SuiteId::international:
        return &international;
    case SuiteId::sm:
        return &sm;
    }
    return nullptr;
}

}  // namespace hezhang::sync
