// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// OpenSSL objects with owners, and the keys a thread used last in their parsed form: few keys sign and check
// many segments, and parsing one costs as much as a signature. Private to sync/trust.
#pragma once

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "sync/base/bytes.h"

namespace hezhang::sync {

template <auto Free>
struct OpensslFree {
    template <class Object>
    void operator()(Object* object) const {
        Free(object);
    }
};
template <class Object, auto Free>
using Owned = std::unique_ptr<Object, OpensslFree<Free>>;

using OwnedKey = Owned<EVP_PKEY, EVP_PKEY_free>;
using OwnedKeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using OwnedDigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using OwnedMacContext = Owned<EVP_MAC_CTX, EVP_MAC_CTX_free>;
using OwnedNumber = Owned<BIGNUM, BN_clear_free>;
using OwnedSignature = Owned<ECDSA_SIG, ECDSA_SIG_free>;

// The least recently used of kKeysMax keys goes first. A key is found by a hash of its bytes, so no secret is
// kept outside OpenSSL's own memory, which it wipes.
class RecentKeys {
public:
    static constexpr std::size_t kKeysMax = 64;

    // What `parse` makes, or made earlier, of the key with this fingerprint; nullptr where it is no key.
    template <class Parse>
    EVP_PKEY* find(const Hash& fingerprint, Parse parse) {
        if (EVP_PKEY* known = touch(fingerprint)) {
            return known;
        }
        return add(fingerprint, OwnedKey(parse()));
    }

private:
    struct Entry {
        Hash fingerprint;
        OwnedKey key;
    };
    EVP_PKEY* touch(const Hash& fingerprint);
    EVP_PKEY* add(const Hash& fingerprint, OwnedKey key);

    std::vector<Entry> m_entries;  // the last used is last
};

}  // namespace hezhang::sync
