// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/enrolment.h"

#include <cctype>

namespace hezhang::sync {
namespace {

// The code as typed: letters in either case, dashes and blanks anywhere, O for 0 and I or L for 1.
std::string normalised(std::string_view code) {
    std::string result;
    for (const char c : code) {
        const char upper = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        if (upper == '-' || upper == ' ') {
            continue;
        }
        result.push_back(upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper);
    }
    return result;
}

Bytes unproven(EnrolRequest request) {
    request.proof.clear();
    return encode(request);
}

}  // namespace

std::string newCode(RandomSource& random) {
    static constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string code;
    for (int i = 0; i < 16; ++i) {
        if (i > 0 && i % 4 == 0) {
            code.push_back('-');
        }
        code.push_back(kDigits[random.below(kDigits.size())]);
    }
    return code;
}

Bytes codeIdOf(const Suite& suite, std::string_view code) {
    return copyOf(suite.hash({viewOf("hezhang/code-id/0"), viewOf(normalised(code))}).view().first(kCodeIdBytes));
}

Bytes codeKeyOf(const Suite& suite, std::string_view code) {
    return copyOf(suite.hash({viewOf("hezhang/code-key/0"), viewOf(normalised(code))}).view());
}

Bytes enrolmentSignedBytes(const EnrolRequest& request) {
    EnrolRequest bare = request;
    bare.signature.clear();
    bare.proof.clear();
    Bytes bytes = copyOf(viewOf("hezhang/enroll/0"));
    const Bytes encoded = encode(bare);
    bytes.insert(bytes.end(), encoded.begin(), encoded.end());
    return bytes;
}

Bytes enrolmentProof(const Suite& suite, BytesView codeKey, const EnrolRequest& request) {
    return copyOf(suite.hmac(codeKey, {viewOf("request"), unproven(request)}).view());
}

Bytes enrolmentAnswerProof(const Suite& suite, BytesView codeKey, const EnrolRequest& request, const EnrolAnswer& answer) {
    EnrolAnswer bare = answer;
    bare.proof.clear();
    return copyOf(suite.hmac(codeKey, {viewOf("answer"), encode(request), encode(bare)}).view());
}

MacKey masked(const Suite& suite, BytesView codeKey, const MacKey& key, BytesView devicePublicKey) {
    const Hash mask = suite.hmac(codeKey, {viewOf("mac-key"), devicePublicKey});
    MacKey result;
    for (std::size_t i = 0; i < MacKey::kSize; ++i) {
        result.bytes[i] = static_cast<std::uint8_t>(key.bytes[i] ^ mask.bytes[i]);
    }
    return result;
}

Hash maskedCodeKey(const Suite& suite, const MacKey& key, BytesView codeId, const Hash& codeKey) {
    // A name of its own: tags of frames are made with the same key.
    const Hash mask = suite.hmac(key.view(), {viewOf("hezhang/code-mask/0"), codeId});
    Hash result;
    for (std::size_t i = 0; i < Hash::kSize; ++i) {
        result.bytes[i] = static_cast<std::uint8_t>(codeKey.bytes[i] ^ mask.bytes[i]);
    }
    return result;
}

Result<Enrolment> Enrolment::begin(const Suite& suite, RandomSource& random, std::string_view code) {
    HZ_TRY(const KeyPair device, suite.newKeyPair(random));
    return again(suite, device, code);
}

Result<Enrolment> Enrolment::again(const Suite& suite, const KeyPair& device, std::string_view code) {
    Enrolment enrolment;
    enrolment.m_codeKey = codeKeyOf(suite, code);
    enrolment.m_device = device;
    enrolment.m_request.codeId = codeIdOf(suite, code);
    enrolment.m_request.publicKey = enrolment.m_device.publicKey;
    HZ_TRY(enrolment.m_request.signature, suite.sign(enrolment.m_device, enrolmentSignedBytes(enrolment.m_request)));
    enrolment.m_request.proof = enrolmentProof(suite, enrolment.m_codeKey, enrolment.m_request);
    return enrolment;
}

Result<Enrolment> Enrolment::resume(const Suite& suite, const KeyPair& device, BytesView codeKey, BytesView request) {
    auto opened = openFrame(request);
    auto asked = opened ? decode<EnrolRequest>(opened->plain, "request") : fail(ErrorCode::malformed, "request");
    if (!asked || asked->publicKey != device.publicKey || asked->proof != enrolmentProof(suite, codeKey, *asked)) {
        return fail(ErrorCode::otherDevice, "the answer is to another device's enrolment");
    }
    Enrolment enrolment;
    enrolment.m_codeKey = copyOf(codeKey);
    enrolment.m_device = device;
    enrolment.m_request = *std::move(asked);
    return enrolment;
}

Bytes Enrolment::request() const { return frameWithoutAuth(encode(m_request)); }

Result<Identity> Enrolment::onAnswer(const Suite& suite, BytesView bytes) const {
    auto opened = openFrame(bytes);
    auto answer = opened ? decode<EnrolAnswer>(opened->plain, "answer") : fail(ErrorCode::notOurServer, "");
    if (!answer) {
        return fail(ErrorCode::notOurServer, "what answered is not a county's endpoint");
    }
    if (answer->refused != ErrorCode::internal) {
        return fail(ErrorCode::badCode, "the invitation code is wrong, was used, or has expired");
    }
    if (answer->proof != enrolmentAnswerProof(suite, m_codeKey, m_request, *answer) ||
        answer->county.county != countyIdOf(suite, answer->county.publicKey)) {
        return fail(ErrorCode::notOurServer, "what answered does not know the invitation");
    }
    Identity identity;
    identity.enrolment = {deviceIdOf(suite, m_device.publicKey), m_device.publicKey, answer->person, answer->unit, answer->role};
    identity.device = m_device;
    identity.macKey = masked(suite, m_codeKey, answer->macKey, m_device.publicKey);
    identity.county = answer->county;
    identity.scopes = answer->scopes;
    identity.personName = answer->personName;
    identity.unitName = answer->unitName;
    return identity;
}

}  // namespace hezhang::sync
