// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How a device enrols with a one-time code, and what both sides prove to each other.
//
// The code never travels: the request names it by a hash and is keyed with it, so is the answer. So the device knows that what
// answered is the county that invited it, pins that county's key, and gets its message key masked with the code.
//
// Shape:   docs/wire-format.md section 6.
// Errors:  badCode, notOurServer.
// Threads: value types and pure functions.
#pragma once

#include "sync/engine/replica.h"

namespace hezhang::sync {

// XXXX-XXXX-XXXX-XXXX: 80 bits, no letters that are mistaken for digits.
[[nodiscard]] std::string newCode(RandomSource& random);
inline constexpr std::size_t kCodeIdBytes = 8;
[[nodiscard]] Bytes codeIdOf(const Suite& suite, std::string_view code);
[[nodiscard]] Bytes codeKeyOf(const Suite& suite, std::string_view code);
[[nodiscard]] Bytes enrolmentSignedBytes(const EnrolRequest& request);
[[nodiscard]] Bytes enrolmentProof(const Suite& suite, BytesView codeKey, const EnrolRequest& request);
[[nodiscard]] Bytes enrolmentAnswerProof(const Suite& suite, BytesView codeKey, const EnrolRequest& request,
                                         const EnrolAnswer& answer);
// Masks a message key, or takes the mask off again.
[[nodiscard]] MacKey masked(const Suite& suite, BytesView codeKey, const MacKey& key, BytesView devicePublicKey);
// Masks the key of a code under the message key of the device that drew the code, or takes the mask off again. A mask is of one code:
// two codes of one id would have to be one.
[[nodiscard]] Hash maskedCodeKey(const Suite& suite, const MacKey& key, BytesView codeId, const Hash& codeKey);

// The device's side.
class Enrolment {
public:
    [[nodiscard]] static Result<Enrolment> begin(const Suite& suite, RandomSource& random, std::string_view code);
    // Asks again with the key pair of an attempt whose answer did not come: to the county it is the same device.
    [[nodiscard]] static Result<Enrolment> again(const Suite& suite, const KeyPair& device, std::string_view code);
    // Goes on when the answer to `request` comes, later and by file. Errors: otherDevice: the request is not of this key and code.
    [[nodiscard]] static Result<Enrolment> resume(const Suite& suite, const KeyPair& device, BytesView codeKey, BytesView request);
    [[nodiscard]] const KeyPair& device() const { return m_device; }
    [[nodiscard]] Bytes request() const;
    [[nodiscard]] Result<Identity> onAnswer(const Suite& suite, BytesView answer) const;

private:
    Bytes m_codeKey;
    KeyPair m_device;
    EnrolRequest m_request;
};

}  // namespace hezhang::sync
