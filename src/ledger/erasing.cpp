// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/erasing.h"

#include <filesystem>

#include "src/ledger/blobs.h"
#include "src/ledger/drafts.h"
#include "src/ledger/search_index.h"

namespace hezhang::ledger {
namespace {

Result<bool> isErasedDot(Home& home, const nlohmann::json& dot) {
    sync::History& history = home.replica().history();
    const auto ref =
        dot.is_string() ? history.parseDot(dot.get<std::string>()) : fail(ErrorCode::usage, "no dot");
    if (!ref) {
        return false;
    }
    HZ_TRY(const std::optional<sync::HistoricOp> op, history.opAt(*ref));
    return op && op->op.isErased();
}

// Takes the text a field of a form started from out of it, where that was erased; what its author typed since
// is his own.
Result<bool> forgetBases(Home& home, nlohmann::json& content) {
    bool isChanged = false;
    if (content.is_object() && content.contains("base")) {
        bool isErased = false;
        for (const char* list : {"seen", "known"}) {
            for (const nlohmann::json& dot : content.value(list, nlohmann::json::array())) {
                HZ_TRY(const bool isOne, isErasedDot(home, dot));
                isErased = isErased || isOne;
            }
        }
        if (isErased) {
            const nlohmann::json base = content["base"];
            for (auto& [name, value] : content.items()) {
                value = value == base ? nlohmann::json("") : value;
            }
            return true;
        }
    }
    for (nlohmann::json& inner : content) {
        if (inner.is_structured()) {
            HZ_TRY(const bool isInner, forgetBases(home, inner));
            isChanged = isChanged || isInner;
        }
    }
    return isChanged;
}

Result<void> cleanDrafts(Home& home) {
    HZ_TRY(const std::vector<std::string> slots, drafts(home));
    for (const std::string& slot : slots) {
        HZ_TRY(std::optional<Draft> draft, loadDraft(home, slot));
        HZ_TRY(const bool isChanged, draft ? forgetBases(home, draft->content) : Result<bool>(false));
        if (isChanged) {
            HZ_CHECK(saveDraft(home, slot, *draft));
        }
    }
    return {};
}

// A file, its thumbnail, and what had come of it: whatever begins with its name.
void removeFile(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code ignored;  // it may never have been here
    const std::string name = fs::path(path).filename().string();
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(fs::path(path).parent_path(), ignored)) {
        if (entry.path().filename().string().starts_with(name)) {
            found.push_back(entry.path());
        }
    }
    for (const fs::path& one : found) {
        fs::remove(one, ignored);
    }
}

}  // namespace

Result<void> cleanErased(sync::SqliteStore& store, const schema::Registers& registers,
                         const std::function<std::string(const Hash&)>& blobPath) {
    HZ_TRY(const std::optional<sync::ErasedLeft> left, sync::erasedLeft(store));
    if (!left) {
        return {};
    }
    for (const std::string& name : left->names) {
        const Hash blob = *Hash::fromHexText(name);
        HZ_TRY(const bool isKept, isBlobNamed(store, registers, blob));
        if (!isKept) {
            removeFile(blobPath(blob));
        }
    }
    HZ_CHECK(store.database().scrub());
    // Only now: who is stopped before begins again.
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(store));
    HZ_CHECK(sync::forgetErasedLeft(store));
    return scope.commit();
}

Result<void> cleanErased(Home& home) {
    HZ_TRY(const std::optional<sync::ErasedLeft> left, sync::erasedLeft(home.store()));
    if (!left) {
        return {};
    }
    HZ_CHECK(cleanDrafts(home));
    SearchIndex::discard(home);  // it is made anew when somebody searches
    return cleanErased(home.store(), home.registers(),
                       [&](const Hash& blob) { return home.folder() + "/blobs/" + blob.hex(); });
}

}  // namespace hezhang::ledger
