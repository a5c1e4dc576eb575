// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/drafts.h"

#include <algorithm>
#include <filesystem>

#include "src/ledger/files.h"

namespace hezhang::ledger {
namespace {

using nlohmann::json;

constexpr std::string_view kDraftDone =
    "draft-done/";  // + slot: the id of the draft whose content was saved last

std::string draftFolder(const Home& home) {
    return home.folder() + "/drafts";
}
std::string draftPath(const Home& home, const std::string& slot) {
    return draftFolder(home) + "/" + slot;
}
std::string draftFilesFolder(const Home& home, const std::string& slot) {
    return draftPath(home, slot) + ".files";
}

std::optional<Draft> draftOf(BytesView bytes) {
    const json stored = json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!stored.is_object() || !stored.contains("content") ||
        !stored.value("at", json()).is_number_integer() || !stored.value("id", json()).is_string()) {
        return std::nullopt;
    }
    const auto id = RecordId::fromHexText(stored["id"].get<std::string>());
    return id ? std::optional<Draft>({*id, stored["at"].get<WallMs>(), stored["content"]}) : std::nullopt;
}

}  // namespace

std::string draftSlot(const RecordId& record, std::string_view field) {
    return record.hex() + (field.empty() ? "" : "-" + std::string(field));
}

Result<void> saveDraft(Home& home, const std::string& slot, const Draft& draft) {
    const json stored{{"id", draft.id.hex()}, {"at", draft.at}, {"content", draft.content}};
    const std::string text = stored.dump(-1, ' ', false, json::error_handler_t::replace);
    if (text.size() > kDraftBytesMax) {
        return fail(ErrorCode::tooLarge, "the draft is too long");
    }
    HZ_CHECK(makeFolder(draftFolder(home)));
    return replaceFile(draftPath(home, slot), viewOf(text));
}

Result<std::optional<Draft>> loadDraft(Home& home, const std::string& slot) {
    const auto bytes = readFile(draftPath(home, slot), kDraftBytesMax);
    auto draft = bytes ? draftOf(*bytes) : std::nullopt;
    if (!draft) {
        return draft;
    }
    HZ_TRY(const std::optional<Bytes> done, home.store().meta(std::string(kDraftDone) + slot));
    if (done && *done == copyOf(draft->id.view())) {
        return std::optional<Draft>();
    }
    return draft;
}

Result<void> removeDraft(Home& home, const std::string& slot) {
    std::error_code error;
    std::filesystem::remove(draftPath(home, slot), error);
    if (!error) {
        std::filesystem::remove_all(draftFilesFolder(home, slot), error);
    }
    if (error) {
        return fail(ErrorCode::fileUnwritable, "the draft cannot be removed");
    }
    return {};
}

Result<void> noteDraftDone(Home& home, const std::string& slot, const RecordId& draft) {
    return home.store().setMeta(std::string(kDraftDone) + slot, draft.view());
}

Result<std::vector<std::string>> drafts(Home& home) {
    std::vector<std::string> slots;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(draftFolder(home), error)) {
        const std::string slot = entry.path().filename().string();
        HZ_TRY(const std::optional<Draft> draft, entry.is_regular_file(error)
                                                     ? loadDraft(home, slot)
                                                     : Result<std::optional<Draft>>(std::nullopt));
        if (draft) {
            slots.push_back(slot);
        }
    }
    std::sort(slots.begin(), slots.end());
    return slots;
}

Result<std::string> saveDraftFile(Home& home, const std::string& slot, const std::string& name,
                                  BytesView content) {
    if (name.empty() || name.find('/') != std::string::npos || name.front() == '.') {
        return fail(ErrorCode::badInput, "that is no name of a file");
    }
    HZ_CHECK(makeFolder(draftFolder(home)));
    HZ_CHECK(makeFolder(draftFilesFolder(home, slot)));
    HZ_CHECK(replaceFile(draftFilePath(home, slot, name), content));
    return name;
}

std::string draftFilePath(const Home& home, const std::string& slot, const std::string& name) {
    return draftFilesFolder(home, slot) + "/" + name;
}

}  // namespace hezhang::ledger
