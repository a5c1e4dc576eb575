// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/transport/bundle.h"

#include <algorithm>

#include "sync/base/check.h"

namespace hezhang::sync {
namespace {

constexpr std::string_view kBundleMagic = "hzbundle";
constexpr std::uint8_t kVersion = 0;
constexpr std::size_t kStart = kBundleMagic.size() + 2;  // magic, version, suite
constexpr std::size_t kPartOverhead = 1 + 2 * 5;         // route, two sizes

Hash hashOf(const Suite& suite, BytesView content) {
    return suite.hash({viewOf("hezhang/bundle/0"), content});
}

void append(Bytes& to, BytesView bytes) {
    const Bytes size = encode(std::uint64_t{bytes.size()});
    to.insert(to.end(), size.begin(), size.end());
    to.insert(to.end(), bytes.begin(), bytes.end());
}

tl::unexpected<Error> malformed(const char* what) {
    return fail(ErrorCode::malformed, std::string("the bundle is damaged or none of ours: ") + what);
}

// Sizes and what they measure, out of bytes that stay where they are.
class BundleReader {
public:
    explicit BundleReader(BytesView rest) : m_rest(rest) {}
    [[nodiscard]] bool isAtEnd() const { return m_rest.empty(); }
    [[nodiscard]] Result<std::uint8_t> byte() {
        HZ_TRY(const BytesView one, take(1));
        return one[0];
    }
    [[nodiscard]] Result<BytesView> bytes() {
        std::uint64_t size = 0;
        for (unsigned shift = 0;; shift += 7) {
            HZ_TRY(const std::uint8_t part, byte());
            size |= static_cast<std::uint64_t>(part & 0x7f) << shift;
            if ((part & 0x80) == 0) {
                return part == 0 && shift > 0 ? Result<BytesView>(malformed("a size")) : take(size);
            }
            if (shift >= 28) {
                return malformed("a size");
            }
        }
    }

private:
    Result<BytesView> take(std::uint64_t size) {
        if (size > m_rest.size()) {
            return malformed("it ends early");
        }
        const BytesView taken = m_rest.first(size);
        m_rest = m_rest.subspan(size);
        return taken;
    }
    BytesView m_rest;
};

Result<const Suite*> checkWhole(BytesView file) {
    if (file.size() > kBundleBytesMax) {
        return fail(ErrorCode::tooLarge, "the bundle is larger than a bundle may be");
    }
    if (file.size() < kStart + Hash::kSize || textOf(file).substr(0, kBundleMagic.size()) != kBundleMagic) {
        return malformed("no bundle");
    }
    const Suite* suite = suiteFor(static_cast<SuiteId>(file[kBundleMagic.size() + 1]));
    if (suite == nullptr) {
        return malformed("an unknown suite");
    }
    const BytesView content = file.first(file.size() - Hash::kSize);
    if (!std::ranges::equal(hashOf(*suite, content).view(), file.last(Hash::kSize))) {
        return malformed("its bytes are not those that were written");
    }
    if (file[kBundleMagic.size()] != kVersion) {
        return fail(ErrorCode::wrongVersion, "the bundle was written by another version");
    }
    return suite;
}

}  // namespace

Result<Bundle> openBundle(BytesView file) {
    HZ_TRY(const Suite* const suite, checkWhole(file));
    Bundle bundle;
    bundle.suite = suite->id();
    BundleReader reader(file.subspan(kStart, file.size() - kStart - Hash::kSize));
    HZ_TRY(const BytesView header, reader.bytes());
    if (header.size() > kBundleHeaderMax) {
        return malformed("a header too large");
    }
    HZ_TRY(bundle.header, decode<BundleHeader>(header, "bundle"));
    if (bundle.header.kind != BundleKind::requests && bundle.header.kind != BundleKind::answers) {
        return malformed("an unknown kind");
    }
    while (!reader.isAtEnd()) {
        if (bundle.parts.size() >= kBundlePartsMax) {
            return malformed("too many parts");
        }
        CarriedPart part;
        HZ_TRY(const std::uint8_t route, reader.byte());
        part.route = static_cast<CarriedRoute>(route);
        HZ_TRY(part.request, reader.bytes());
        HZ_TRY(part.answer, reader.bytes());
        const bool isAnswered = bundle.header.kind == BundleKind::answers;
        if (part.route > CarriedRoute::blobChunk || part.request.empty() ||
            (!isAnswered && !part.answer.empty())) {
            return malformed("a part");
        }
        bundle.parts.push_back(part);
    }
    return bundle;
}

BundleWriter::BundleWriter(const Suite& suite, const BundleHeader& header) : m_suite(suite) {
    m_file = copyOf(viewOf(kBundleMagic));
    m_file.push_back(kVersion);
    m_file.push_back(static_cast<std::uint8_t>(suite.id()));
    append(m_file, encode(header));
}

void BundleWriter::add(CarriedRoute route, BytesView request, BytesView answer) {
    HZ_ASSERT(!request.empty());
    m_file.push_back(static_cast<std::uint8_t>(route));
    append(m_file, request);
    append(m_file, answer);
    ++m_parts;
}

std::size_t BundleWriter::sizeWith(std::size_t bytes) const {
    return m_file.size() + kPartOverhead + bytes + Hash::kSize;
}

Bytes BundleWriter::finish() && {
    const Hash hash = hashOf(m_suite, m_file);
    m_file.insert(m_file.end(), hash.bytes.begin(), hash.bytes.end());
    return std::move(m_file);
}

}  // namespace hezhang::sync
