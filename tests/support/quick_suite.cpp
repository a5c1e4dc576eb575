// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
// SHA-256 without the library's dispatch, which costs more than the hash of what a simulation hashes.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "tests/support/quick_suite.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

namespace hezhang::test {

namespace {

class Digest {
public:
    Digest() { SHA256_Init(&m_state); }
    void take(BytesView bytes) { SHA256_Update(&m_state, bytes.data(), bytes.size()); }
    [[nodiscard]] Hash end() {
        Hash hash;
        SHA256_Final(hash.bytes.data(), &m_state);
        return hash;
    }

private:
    SHA256_CTX m_state{};
};

class QuickSuite final : public sync::Suite {
public:
    [[nodiscard]] sync::SuiteId id() const override { return m_real.id(); }
    [[nodiscard]] std::size_t publicKeySize() const override { return m_real.publicKeySize(); }
    [[nodiscard]] Hash hash(std::initializer_list<BytesView> parts) const override {
        Digest digest;
        for (const BytesView part : parts) {
            digest.take(part);
        }
        return digest.end();
    }
    [[nodiscard]] Hash hmac(BytesView key, std::initializer_list<BytesView> parts) const override {
        constexpr std::uint8_t kInner = 0x36;
        constexpr std::uint8_t kOuter = 0x5c;
        std::array<std::uint8_t, SHA256_CBLOCK> block{};
        const Hash longKey = key.size() > block.size() ? hash({key}) : Hash{};
        std::ranges::copy(key.size() > block.size() ? longKey.view() : key, block.begin());
        const auto masked = [&](std::uint8_t mask) {
            std::array<std::uint8_t, SHA256_CBLOCK> changed = block;
            for (std::uint8_t& byte : changed) {
                byte ^= mask;
            }
            return changed;
        };
        Digest inner;
        inner.take(masked(kInner));
        for (const BytesView part : parts) {
            inner.take(part);
        }
        Digest outer;
        outer.take(masked(kOuter));
        outer.take(inner.end().view());
        return outer.end();
    }
    [[nodiscard]] Bytes cipher(const Hash& key, const sync::Nonce& nonce, BytesView message) const override {
        return m_real.cipher(key, nonce, message);
    }
    [[nodiscard]] Result<sync::KeyPair> newKeyPair(RandomSource& random) const override {
        const auto seed = random.draw<Hash>();
        return sync::KeyPair{copyOf(seed.view()), copyOf(m_real.hash({seed.view()}).view())};
    }
    [[nodiscard]] Result<Bytes> sign(const sync::KeyPair& keys, BytesView message) const override {
        return signatureOf(keys.publicKey, message);
    }
    [[nodiscard]] bool verify(BytesView publicKey, BytesView message, BytesView signature) const override {
        return std::ranges::equal(signatureOf(publicKey, message), signature);
    }

private:
    [[nodiscard]] Bytes signatureOf(BytesView publicKey, BytesView message) const {
        Bytes signature = copyOf(m_real.hash({publicKey, message}).view());
        signature.resize(sync::Signature::kSize);
        return signature;
    }

    const sync::Suite& m_real = *sync::suiteFor(sync::SuiteId::international);
};

}  // namespace

const sync::Suite& quickSuite() {
    static const QuickSuite suite;
    return suite;
}

}  // namespace hezhang::test
