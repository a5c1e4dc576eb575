// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/transport/wire_messages.h"

#include "sync/base/check.h"

#include "sync/op/segment.h"

namespace hezhang::sync {
namespace {

constexpr std::uint8_t kRaw = 0;
constexpr std::uint8_t kZstd = 1;

Hash macOf(const Suite& suite, BytesView packed, const MacKey& key, BytesView bound) {
    const Bytes size = encode(std::uint64_t{bound.size()});
    return suite.hmac(key.view(), {viewOf("hezhang/frame/0"), size, bound, packed});
}

}  // namespace

bool isEqualInConstantTime(BytesView a, BytesView b) {
    if (a.size() != b.size()) {
        return false;
    }
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference |= static_cast<unsigned>(a[i] ^ b[i]);
    }
    return difference == 0;
}

HeadMark scopesMark(const Suite& suite, const std::vector<std::string>& scopes) {
    return markOf(suite.hash({encode(scopes)}));
}

Bytes packSmall(BytesView plain) {
    Bytes packed = packQuick(plain);
    const bool isSmaller = packed.size() < plain.size();
    const BytesView content = isSmaller ? BytesView(packed) : plain;
    Bytes result;
    result.reserve(content.size() + 1);
    result.push_back(isSmaller ? kZstd : kRaw);
    result.insert(result.end(), content.begin(), content.end());
    return result;
}

Result<Bytes> unpackSmall(BytesView packed, std::size_t limit) {
    if (packed.empty() || packed[0] > kZstd) {
        return fail(ErrorCode::malformed, "a message is not packed as ours are");
    }
    const BytesView content = packed.subspan(1);
    if (packed[0] == kZstd) {
        return unpack(content, limit);
    }
    if (content.size() > limit) {
        return fail(ErrorCode::tooLarge, "a message is larger than allowed");
    }
    return copyOf(content);
}

Bytes frameWithMac(const Suite& suite, BytesView plain, const MacKey& key, BytesView bound) {
    Frame frame{{}, AuthKind::mac, packSmall(plain), {}};
    frame.tag = copyOf(macOf(suite, frame.packed, key, bound).view());
    return encode(frame);
}

Bytes frameWithoutAuth(BytesView plain) {
    return encode(Frame{{}, AuthKind::none, packSmall(plain), {}});
}

Result<OpenedFrame> openFrame(BytesView bytes) {
    OpenedFrame opened;
    HZ_TRY(opened.frame, decode<Frame>(bytes, "message"));
    HZ_TRY(opened.plain, unpackSmall(opened.frame.packed, kMessageUnpackedMax));
    return opened;
}

bool isMacOf(const Suite& suite, const Frame& frame, const MacKey& key, BytesView bound) {
    return frame.auth == AuthKind::mac &&
           isEqualInConstantTime(frame.tag, macOf(suite, frame.packed, key, bound).view());
}

Bytes tagOf(BytesView request) {
    const auto frame = decode<Frame>(request, "request");
    HZ_ASSERT(frame.has_value());
    return frame->tag;
}

Result<Bytes> openAnswer(const Suite& suite, BytesView answer, const MacKey& key, BytesView requestTag) {
    auto opened = openFrame(answer);
    if (!opened || !isMacOf(suite, opened->frame, key, requestTag)) {
        return fail(ErrorCode::notOurServer, "what answered is not the county's endpoint");
    }
    return std::move(opened->plain);
}

}  // namespace hezhang::sync
