// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A file on its way in: pieces are added at the end of a part, and the part becomes the file when it is whole
// and has its hash. What is a part's length has been made durable, so a transfer goes on there after a kill
// or a power cut.
//
// Errors:  storageFull, storageFailed. After an error the part is as long as before, or gone.
// Threads: one at a time for each part.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/base/bytes.h"
#include "sync/base/clock_source.h"
#include "sync/base/result.h"
#include "sync/trust/suite.h"

namespace hezhang::ledger {

// Behind the name of a file: its thumbnail.
inline constexpr std::string_view kThumbSuffix = ".thumb";

// nullopt: there is no such file.
[[nodiscard]] std::optional<std::uint64_t> sizeOf(const std::string& path);
// From `offset` on, at most `bytesMax`.
[[nodiscard]] Result<Bytes> readPiece(const std::string& path, std::uint64_t offset, std::size_t bytesMax);
// Adds all of `bytes` durably, or none of it; makes the part where there is none. REQUIRES: `offset` is its
// length.
[[nodiscard]] Result<void> appendPiece(const std::string& part, std::uint64_t offset, BytesView bytes);

// What stands in the folder stays in it.
[[nodiscard]] Result<void> flushFolder(const std::string& path);

enum class PartEnd : std::uint8_t {
    inPlace,
    wrongHash  // it is something else, also where a power cut tore it: the part is gone
};
// Puts a whole part in place as `path`, in the same folder.
[[nodiscard]] Result<PartEnd> finishPart(const std::string& part, const std::string& path,
                                         const sync::Suite& suite, const Hash& hash);

// -- whether a file is in use

// When it was written or last taken into use.
[[nodiscard]] std::optional<WallMs> usedAt(const std::string& path);
// Takes a file into use that is there already. False: it is not.
[[nodiscard]] bool use(const std::string& path);
// Removes a file that nobody has taken into use since `before`, in any process. False: it stays.
[[nodiscard]] Result<bool> removeUnlessUsed(const std::string& path, WallMs before);

}  // namespace hezhang::ledger
