// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/quick_suite.h"

#include <algorithm>

namespace hezhang::test {

namespace {

class QuickSuite final : public sync::Suite {
public:
    [[nodiscard]] sync::SuiteId id() const override { return m_real.id(); }
    [[nodiscard]] std::size_t publicKeySize() const override { return m_real.publicKeySize(); }
    [[nodiscard]] Hash hash(std::initializer_list<BytesView> parts) const override {
        return m_real.hash(parts);
    }
    [[nodiscard]] Hash hmac(BytesView key, std::initializer_list<BytesView> parts) const override {
        return m_real.hmac(key, parts);
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
