// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/log/log_entry.h"

#include "sync/trust/merkle.h"

namespace hezhang::sync {

std::string_view name(Verdict verdict) {
    switch (verdict) {
    case Verdict::accepted: return "accepted";
    case Verdict::held: return "held";
    case Verdict::aside: return "aside";
    case Verdict::refused: return "refused";
    }
    return "unknown";
}

std::string_view name(Reason reason) {
    switch (reason) {
    case Reason::none: return "none";
    case Reason::noRight: return "noRight";
    case Reason::windowClosed: return "windowClosed";
    case Reason::sealed: return "sealed";
    case Reason::revoked: return "revoked";
    case Reason::unknownRecord: return "unknownRecord";
    case Reason::missingContext: return "missingContext";
    case Reason::badValue: return "badValue";
    case Reason::limit: return "limit";
    case Reason::wrongKind: return "wrongKind";
    case Reason::badSignature: return "badSignature";
    case Reason::unknownDevice: return "unknownDevice";
    case Reason::foreignScope: return "foreignScope";
    case Reason::overLimit: return "overLimit";
    case Reason::malformed: return "malformed";
    }
    return "unknown";
}

Bytes Head::signedBytes() const {
    Head unsignedHead = *this;
    unsignedHead.signature.clear();
    Bytes bytes = copyOf(viewOf("hezhang/head/0"));
    const Bytes encoded = encode(unsignedHead);
    bytes.insert(bytes.end(), encoded.begin(), encoded.end());
    return bytes;
}

Result<Head> signHead(const Suite& suite, const KeyPair& county, Head head) {
    HZ_TRY(head.signature, suite.sign(county, head.signedBytes()));
    return head;
}

bool isSignedBy(const Suite& suite, const Head& head, BytesView countyPublicKey) {
    return head.county == countyIdOf(suite, countyPublicKey) &&
           suite.verify(countyPublicKey, head.signedBytes(), head.signature);
}

CountyId countyIdOf(const Suite& suite, BytesView publicKey) {
    return CountyId::of(suite.hash({viewOf("hezhang/county/0"), publicKey}).view().first(CountyId::kSize));
}

DeviceId deviceIdOf(const Suite& suite, BytesView publicKey) {
    return DeviceId::of(suite.hash({viewOf("hezhang/device/0"), publicKey}).view().first(DeviceId::kSize));
}

Result<void> verifyPage(const Suite& suite, const Page& page, BytesView countyPublicKey) {
    if (!isSignedBy(suite, page.head, countyPublicKey)) {
        return fail(ErrorCode::proofInvalid, "a head is not signed by the county");
    }
    std::vector<std::uint64_t> positions;
    std::vector<Hash> leaves;
    for (const ProvenEntry& entry : page.entries) {
        positions.push_back(entry.position);
        leaves.push_back(merkleLeaf(suite, entry.entry));
    }
    if (positions.empty()) {
        return {};
    }
    const auto root = rootFromInclusion(suite, positions, leaves, page.head.size, page.proof);
    if (!root || *root != page.head.root) {
        return fail(ErrorCode::proofInvalid, "entries do not stand in the log that the county signed");
    }
    return {};
}

}  // namespace hezhang::sync
