// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Evidence and photos of a home: files named by their hash in blobs/, sent after the ops in chunks that resume where they stopped.
//
// Errors:  those of the exchange; refused where the county does not take a file.
// Threads: those of the home.
#pragma once

#include "src/ledger/home.h"

namespace hezhang::ledger {

using Ask = std::function<Result<sync::Answer>(std::string_view path, BytesView request)>;

// Names of own files the county has not confirmed, in byte order.
[[nodiscard]] Result<std::vector<std::string>> pendingBlobs(Home& home);
[[nodiscard]] Result<void> pushBlob(Home& home, const std::string& name, const Ask& ask);

}  // namespace hezhang::ledger
