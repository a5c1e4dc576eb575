// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/blobs.h"
#include "src/ledger/compacting.h"
#include "src/ledger/drafts.h"
#include "src/ledger/receipt.h"
#include "src/ledger/retry_note.h"
#include "src/ledger/search.h"
#include "src/ledger/search_index.h"
#include "src/ledger/sync_round.h"
#include "src/office/checks.h"
#include "tests/faults/operation.h"

namespace hezhang::test {
namespace {

using ledger::EditRequest;
using ledger::Home;
using sync::OpKind;

Result<std::unique_ptr<Home>> open(Bench& bench) {
    return Home::open(bench.folder(), bench.environment());
}

Operation homeOperation(const std::string& name, const std::string& state,
                        const std::function<Result<void>(Home&, Bench&)>& work) {
    return {.name = name, .state = state, .run = [work](Bench& bench) -> Result<void> {
                HZ_TRY(const std::unique_ptr<Home> home, open(bench));
                return work(*home, bench);
            }};
}

// Made once more it is another op.
Operation writing(const std::string& name, const std::string& state,
                  const std::function<Result<void>(Home&, Bench&)>& work,
                  std::optional<ErrorCode> saysDone = std::nullopt) {
    Operation operation = homeOperation(name, state, work);
    operation.isIdempotent = false;
    operation.saysDone = saysDone;
    return operation;
}

Operation edit(const std::string& name, const std::string& state,
               const std::function<EditRequest(const Story&)>& request) {
    return writing(name, state, [request](Home& home, Bench& bench) -> Result<void> {
        HZ_TRY(const sync::EditAnswer answer, home.edit(request(bench.story())));
        bench.promise(answer.op.hex());
        return {};
    });
}

Operation inWriting(const std::string& name, const std::string& state,
                    const std::function<Result<void>(Home&)>& work) {
    return homeOperation(name, state, [work](Home& home, Bench&) -> Result<void> {
        HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(home.store()));
        HZ_CHECK(work(home));
        return scope.commit();
    });
}

// Each step of it is durable by itself.
Operation inSteps(const std::string& name, const std::string& state,
                  const std::function<Result<void>(Home&, Bench&)>& work) {
    Operation operation = homeOperation(name, state, work);
    operation.isWhole = false;
    return operation;
}

constexpr std::uint64_t kFew = 6;

Operation sparing(Operation operation) {
    operation.stride = kFew;
    return operation;
}

Result<void> syncHome(Home& home, Bench& bench) {
    HZ_TRY(const ledger::HomeSyncReport report, home.sync(bench.transport()));
    return report.error ? Result<void>(fail(*report.error)) : Result<void>();
}

std::function<Result<void>(Home&, Bench&)> syncWishing(ledger::HistoryWish wish) {
    return [wish](Home& home, Bench& bench) -> Result<void> {
        HZ_TRY(const ledger::HomeSyncReport report, home.sync(bench.transport(), {.history = wish}));
        if (!report.error && report.historyMissing > 0) {
            return fail(ErrorCode::internal, "texts are missing, and nobody says so");
        }
        return report.error ? Result<void>(fail(*report.error)) : Result<void>();
    };
}

Result<void> compactAll(Home& home, Bench&) {
    HZ_TRY([[maybe_unused]] const ledger::CompactReport report, ledger::compact(home, 0));
    return {};
}

// It is emptied only when the county has all that was written on it.
Result<void> obeyWipe(Bench& bench) {
    constexpr std::size_t kUnsent = 3;
    const auto home = open(bench);
    if (!home) {
        return home.error().code == ErrorCode::wiped ? Result<void>() : fail(home.error());
    }
    const auto report = (*home)->sync(bench.transport());
    if (!report || !report->error) {
        return report ? fail(ErrorCode::internal, "the order did not arrive") : fail(report.error());
    }
    if (report->error->code != ErrorCode::wiped) {
        return fail(*report->error);
    }
    HZ_TRY(const std::size_t taken, bench.transport().opsTaken());
    return taken == kUnsent ? Result<void>()
                            : fail(ErrorCode::internal, "emptied before the county had everything");
}

Result<void> editBatch(Home& home, Bench& bench) {
    HZ_CHECK(home.beginBatch());
    std::vector<std::string> ops;
    for (int i = 0; i < 12; ++i) {
        HZ_TRY(const sync::EditAnswer answer,
               home.edit({.record = bench.story().filing,
                          .field = i % 2 == 0 ? "text" : "percent",
                          .text = i % 2 == 0 ? "第" + std::to_string(i) + "次填报。" : std::to_string(i)}));
        ops.push_back(answer.op.hex());
    }
    HZ_CHECK(home.commitBatch());
    for (const std::string& op : ops) {
        bench.promise(op);
    }
    return {};
}

Result<void> makeFiling(Home& home, Bench& bench) {
    HZ_TRY([[maybe_unused]] const ledger::FilingAnswer answer,
           ledger::file(home, {.task = bench.story().joint,
                               .unit = bench.story().town,
                               .window = bench.story().window,
                               .text = "栏目已上线。",
                               .status = "done",
                               .percent = 100,
                               .isSubmitted = true}));
    return {};
}

Result<void> savePhoto(Home& home, Bench& bench) {
    HZ_TRY(const std::string name, home.addBlob(bench.place().folder + "/second.jpg"));
    return name.empty() ? fail(ErrorCode::internal, "no name") : Result<void>();
}

ledger::Draft draft() {
    SeededRandom random(5);
    return {random.draw<RecordId>(), 1, {{"text", "写到一半的话"}}};
}

Result<void> keepDraft(Home& home, Bench& bench) {
    return ledger::saveDraft(home, ledger::draftSlot(bench.story().filing), draft());
}

// Typed, kept as a draft, saved, and the draft is gone.
Result<void> saveForm(Home& home, Bench& bench) {
    const std::string slot = ledger::draftSlot(bench.story().filing);
    HZ_CHECK(ledger::saveDraft(home, slot, draft()));
    HZ_CHECK(home.beginBatch());
    HZ_TRY(const sync::EditAnswer answer,
           home.edit({.record = bench.story().filing, .field = "text", .text = "写完的话。"}));
    HZ_CHECK(ledger::noteDraftDone(home, slot, draft().id));
    HZ_CHECK(home.commitBatch());
    bench.promise(answer.op.hex());
    return ledger::removeDraft(home, slot);
}

Result<void> searchOnce(Home& home) {
    HZ_TRY(const std::unique_ptr<ledger::SearchIndex> index, ledger::SearchIndex::open(home));
    for (bool isDone = false; !isDone;) {
        HZ_TRY(isDone, index->catchUp(home, 20));
    }
    HZ_TRY(const auto found, index->candidates("公告"));
    return found.empty() ? fail(ErrorCode::internal, "the index does not find what is there")
                         : Result<void>();
}

// Who finds the index damaged searches without it; who comes next finds it made anew.
Result<void> searchAll(Home& home, Bench&) {
    auto done = searchOnce(home);
    return !done && done.error().code == ErrorCode::storageCorrupt ? searchOnce(home) : done;
}

Result<void> makeRequest(Home& home, Bench&) {
    HZ_TRY(const std::unique_ptr<ledger::SyncRound> round, ledger::SyncRound::tryBegin(home));
    if (!round) {
        return fail(ErrorCode::internal, "the sync lock is taken");
    }
    const auto request = round->nextRequest();
    return request ? Result<void>() : Result<void>(fail(*round->report({}).error));
}

Result<void> enroll(Bench& bench) {
    return Home::enroll(bench.folder(), "http://127.0.0.1:9", bench.story().codes.front(), bench.transport(),
                        bench.environment());
}

Result<void> resolveConflict(Home& home, Bench& bench) {
    HZ_TRY(const sync::EditAnswer answer,
           ledger::resolve(home, bench.story().joint, "joint_status", {1, std::nullopt, std::nullopt}));
    bench.promise(answer.op.hex());
    return {};
}

Result<void> confirmMerge(Home& home, Bench& bench) {
    HZ_TRY(const sync::EditAnswer answer, ledger::confirm(home, bench.story().joint, "joint_progress", {}));
    bench.promise(answer.op.hex());
    return {};
}

Result<void> makePlace(Home& home, Bench& bench) {
    HZ_TRY([[maybe_unused]] const RecordId record,
           office::addPlace(
               home, {.unit = bench.story().town, .name = "便民大厅", .address = "一楼", .kind = "hall"}));
    return {};
}

Result<void> takeReceipt(Home& home, Bench& bench) {
    HZ_TRY(const Bytes receipt, ledger::makeReceipt(home, bench.story().filing));
    HZ_CHECK(ledger::replaceFile(bench.folder() + "/receipt", receipt));
    HZ_TRY(const Bytes back, ledger::readFile(bench.folder() + "/receipt", receipt.size()));
    HZ_TRY([[maybe_unused]] const ledger::ReceiptFacts facts, ledger::verifyReceipt(back));
    return {};
}

Result<void> nothing(Home&, Bench&) {
    return {};
}

EditRequest prose(const Story& story) {
    return {.record = story.filing, .field = "text", .text = "已召开会议。已整改。"};
}
EditRequest choice(const Story& story) {
    return {.record = story.filing, .field = "status", .text = "done"};
}
EditRequest element(const Story& story) {
    return {.record = story.filing, .field = "submitted", .kind = OpKind::add, .text = std::string(64, 'a')};
}
EditRequest noElement(const Story& story) {
    return {
        .record = story.filing, .field = "evidence", .kind = OpKind::remove, .text = std::string(64, 'b')};
}
EditRequest three(const Story& story) {
    return {.record = story.filing, .field = "done_count", .kind = OpKind::increment, .text = "3"};
}
EditRequest again(const Story& story) {
    return {.record = story.joint, .field = "joint_progress", .text = "甲镇已全部完成。"};
}
EditRequest percent(const Story& story) {
    return {.record = story.filing, .field = "percent", .text = "40"};
}
EditRequest comment(const Story& story) {
    EditRequest request{.registerName = "comment", .key = {{"record", story.task.hex()}}};
    request.field = "text";
    request.text = "请补充材料。";
    return request;
}

Result<void> deleteFiling(Home& home, Bench& bench) {
    HZ_TRY(const sync::EditAnswer answer, home.deleteRecord(bench.story().filing));
    bench.promise(answer.op.hex());
    return {};
}

Result<void> sealAll(Home& home) {
    return home.replica().sealTails();
}
Result<void> rebuildAll(Home& home) {
    return home.replica().rebuild();
}
Result<void> stepBack(Home& home) {
    HZ_TRY(const sync::Cursor cursor, home.replica().cursor());
    return home.replica().stepBack(cursor.position - std::min<std::uint64_t>(cursor.position, 4));
}

Result<void> noteRetry(Home& home, Bench&) {
    return ledger::keepRetryState(home, {3, 1'700'000'100'000});
}

Result<void> verifyHome(Home& home, Bench&) {
    HZ_TRY(const std::vector<std::string> findings, home.verify());
    return findings.empty() ? Result<void>() : Result<void>(fail(ErrorCode::internal, findings.front()));
}

}  // namespace

std::vector<Operation> homeOperations() {
    Operation steppingBack = inWriting("step-back", "conflict", stepBack);
    steppingBack.isIdempotent = false;
    Operation savingForm = inSteps("save-form", "calm", saveForm);
    savingForm.isIdempotent = false;
    return {
        homeOperation("open", "calm", nothing),
        homeOperation("migrate", "old", nothing),
        {.name = "enroll", .state = "empty", .run = enroll, .saysDone = ErrorCode::alreadyEnrolled},
        edit("assign-prose", "calm", prose),
        edit("assign-choice", "calm", choice),
        edit("add", "calm", element),
        edit("remove", "edited", noElement),
        edit("increment", "calm", three),
        edit("edit-again", "edited", again),
        edit("new-record", "calm", comment),
        edit("edit-in-copy", "copied", percent),
        writing("delete", "calm", deleteFiling, ErrorCode::unknownRecord),
        writing("batch", "calm", editBatch),
        writing("file", "calm", makeFiling),
        writing("place", "calm", makePlace),
        writing("resolve", "conflict", resolveConflict, ErrorCode::notFound),
        writing("confirm", "conflict", confirmMerge, ErrorCode::notFound),
        inSteps("photo", "photo", savePhoto),
        homeOperation("draft", "calm", keepDraft),
        std::move(savingForm),
        inWriting("seal", "edited", sealAll),
        inSteps("request", "edited", makeRequest),
        homeOperation("new-lanes", "copied", nothing),
        inWriting("rebuild", "conflict", rebuildAll),
        std::move(steppingBack),
        inSteps("sync-nothing", "calm", syncHome),
        inSteps("sync-push", "edited", syncHome),
        inSteps("sync-pull", "behind", syncHome),
        inSteps("sync-both", "meeting", syncHome),
        inSteps("sync-photo", "photo", syncHome),
        inSteps("sync-fetch", "files", syncHome),
        inSteps("sync-restored-county", "ahead", syncHome),
        inSteps("sync-copied-home", "copied", syncHome),
        sparing(inSteps("sync-snapshot", "joining", syncWishing(ledger::HistoryWish::newcomer))),
        sparing(inSteps("sync-history", "let-go", syncWishing(ledger::HistoryWish::all))),
        sparing(inSteps("compact", "long", compactAll)),
        {.name = "wipe",
         .state = "revoked",
         .run = obeyWipe,
         .isWhole = false,
         .isReplacing = true,
         .stride = kFew},
        homeOperation("search", "behind", searchAll),
        homeOperation("retry-note", "calm", noteRetry),
        homeOperation("receipt", "calm", takeReceipt),
        homeOperation("verify", "conflict", verifyHome),
    };
}

}  // namespace hezhang::test
