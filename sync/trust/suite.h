// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The cryptographic suite of a county: hash, HMAC, signatures. Chosen when the county is created and named by
// a byte in every envelope, so nothing above this interface knows an algorithm.
//
//                 hash      private key   public key               signature
// international   SHA-256   32, a seed    32                       64, Ed25519 (RFC 8032)
// sm              SM3       32            65, 04 || x || y         64, SM2 r || s with the id
// 1234567812345678
//
// Ed25519 signatures repeat, SM2 signatures differ each time. Keys and signatures of any other length or
// content are refused, never trusted. Errors: malformed for a key that is none, internal when OpenSSL fails.
// Threads: suites have no state; one object serves all threads. Parsed keys are kept per thread.
#pragma once

#include <cstdint>
#include <initializer_list>

#include "sync/base/bytes.h"
#include "sync/base/random_source.h"
#include "sync/base/result.h"

namespace hezhang::sync {

enum class SuiteId : std::uint8_t { international = 1, sm = 2 };

using PublicKey = Bytes;
using Nonce = FixedBytes<struct NonceTag, 16>;
using Signature = FixedBytes<struct SignatureTag, 64>;

struct KeyPair {
    Bytes privateKey;
    PublicKey publicKey;
};

class Suite {
public:
    virtual ~Suite() = default;
    [[nodiscard]] virtual SuiteId id() const = 0;
    [[nodiscard]] virtual std::size_t publicKeySize() const = 0;

    // Of the parts in a row, as if they were one.
    [[nodiscard]] virtual Hash hash(std::initializer_list<BytesView> parts) const = 0;
    [[nodiscard]] virtual Hash hmac(BytesView key, std::initializer_list<BytesView> parts) const = 0;

    // Encrypts, or takes the encryption off again: AES-256 or SM4 in counter mode. It authenticates nothing:
    // whoever uses it does so with a keyed hash over the result, and never encrypts two messages with one key
    // and nonce.
    [[nodiscard]] virtual Bytes cipher(const Hash& key, const Nonce& nonce, BytesView message) const = 0;

    // The same random bytes give the same keys.
    [[nodiscard]] virtual Result<KeyPair> newKeyPair(RandomSource& random) const = 0;
    // Signature::kSize bytes.
    [[nodiscard]] virtual Result<Bytes> sign(const KeyPair& keys, BytesView message) const = 0;
    [[nodiscard]] virtual bool verify(BytesView publicKey, BytesView message, BytesView signature) const = 0;
};

// nullptr: a suite this version does not have.
[[nodiscard]] const Suite* suiteFor(SuiteId id);

}  // namespace hezhang::sync
