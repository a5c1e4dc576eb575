// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/floors.h"

#include <zstd.h>

namespace hezhang::bench {
namespace {

constexpr int kLevel = 3;

void putNumber(std::string& bytes, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) {
        bytes += static_cast<char>(number | 0x80);
    }
    bytes += static_cast<char>(number);
}

}  // namespace

Result<double> packedLiveBytes(Site& site, ledger::Home& home) {
    std::string packed;
    HZ_CHECK(home.state().each(kRegister, [&](sync::RecordReading&& reading) -> Result<void> {
        putNumber(packed, static_cast<std::uint64_t>(
                              reading.record.key.fields.front().second.asInteger().value_or(0)));
        putNumber(packed, reading.cells.size());
        for (const auto& [field, cell] : reading.cells) {
            const auto at = std::find(kFieldNames.begin(), kFieldNames.end(), field);
            putNumber(packed, static_cast<std::uint64_t>(at - kFieldNames.begin()));
            putNumber(packed, cell.rows.size());
            for (const sync::LiveRow& row : cell.rows) {
                const std::string_view text = row.value.asText().value_or("");
                putNumber(packed, static_cast<std::uint64_t>(site.unitOf(row.person)));
                putNumber(packed, row.ref.counter);
                putNumber(packed, text.size());
                packed += text;
            }
        }
        return {};
    }));
    std::string compressed(ZSTD_compressBound(packed.size()), '\0');
    return static_cast<double>(
        ZSTD_compress(compressed.data(), compressed.size(), packed.data(), packed.size(), kLevel));
}

Result<Bytes> signingFloorRequest(const sync::KeyPair& keys, std::span<const WorkOp> ops) {
    std::string text;
    for (const WorkOp& op : ops) {
        for (const std::int64_t number :
             {std::int64_t{op.unit}, std::int64_t{op.sequence}, std::int64_t{op.row}, std::int64_t{op.field},
              op.at, static_cast<std::int64_t>(op.value.size())}) {
            putNumber(text, static_cast<std::uint64_t>(number));
        }
        text += op.value;
    }
    HZ_TRY(const Bytes signature, sync::suiteFor(sync::SuiteId::international)->sign(keys, viewOf(text)));
    Bytes body = keys.publicKey;
    body.insert(body.end(), signature.begin(), signature.end());
    body.insert(body.end(), text.begin(), text.end());
    return body;
}

}  // namespace hezhang::bench
