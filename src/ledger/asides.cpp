// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What was set aside or waits, in words; and how the office admits it.
#include <algorithm>

#include "schema/record_validator.h"
#include "src/ledger/names.h"
#include "src/ledger/one_transaction.h"
#include "src/ledger/queries.h"
#include "sync/engine/county.h"

namespace hezhang::ledger {

using nlohmann::json;
using sync::OpKind;

namespace {

std::string asideText(std::string_view reason) {
    if (reason == kHeldReason) {
        return "县里已收到，但它所依据的内容或所用的登记定义县里还没有；其他设备同步或县里升级后会自动采用，"
               "县政务公开办也可先行采用";
    }
    if (reason == "noRight") {
        return "到达县里时，填写人没有或已不再有修改这一项的权限（如单位已不承担该任务、人员已调离）；"
               "内容已存，请县政务公开办决定是否采用";
    }
    if (reason == "windowClosed") {
        return "到达县里时报送期已关闭；内容已存，可请县政务公开办补收";
    }
    if (reason == "sealed") {
        return "该年度台账已封账；内容已存，可请县政务公开办按更正处理";
    }
    if (reason == "revoked") {
        return "设备或人员已停用；内容已存，由县政务公开办决定是否采用";
    }
    if (reason == "unknownRecord") {
        return "所属的记录县里没有；请先同步，或由县政务公开办核对后采用";
    }
    if (reason == "missingContext") {
        return "填写时看到的内容县里没有；由县政务公开办核对后采用";
    }
    if (reason == "badValue" || reason == "wrongKind") {
        return "内容不符合该项的格式；请改正后重新填写";
    }
    if (reason == "limit") {
        return "该项的并存值已达上限；请先处理冲突";
    }
    return "县里没有接收；文字保留在本机，请与县政务公开办联系";
}

// What waits at the county outside the log, as it told the office last.
Result<std::vector<sync::HeldOp>> heldOps(Home& home) {
    HZ_TRY(const std::optional<Bytes> bytes, home.store().meta(sync::meta::kHeld));
    if (!bytes || bytes->empty()) {
        return std::vector<sync::HeldOp>{};
    }
    return sync::decode<std::vector<sync::HeldOp>>(*bytes, "held ops");
}

Result<AsideListing> heldListing(Home& home, const sync::HeldOp& held) {
    AsideListing row;
    row.op = held.op;
    row.record = home.idOf(held.record);
    row.field = held.field;
    row.reason = kHeldReason;
    row.reasonText = asideText(kHeldReason);
    row.by.person = held.person;
    row.by.device = held.device;
    HZ_TRY(row.by.personName, personName(home.state(), held.person));
    HZ_TRY(row.by.unit, unitOfPerson(home.state(), held.person));
    HZ_TRY(row.by.unitName, unitName(home.state(), row.by.unit));
    return row;
}

// The record of a set-aside op is here, that of a held one may not be.
Result<EditRequest> admission(Home& home, const AsideListing& row, const std::string& why) {
    EditRequest request;
    request.field = schema::kAdmittedCell;
    request.kind = OpKind::add;
    request.json = json(sync::admitText(row.op, why));
    HZ_TRY(const std::optional<sync::RecordRow> known, home.store().record(row.record));
    if (known) {
        request.record = row.record;
        return request;
    }
    HZ_TRY(const std::vector<sync::HeldOp> held, heldOps(home));
    for (const sync::HeldOp& one : held) {
        if (one.op == row.op) {
            request.registerName = one.record.registerName;
            request.key = json::object();
            for (const auto& [field, value] : one.record.fields) {
                request.key[field] = schema::jsonFromValue(value);
            }
            return request;
        }
    }
    return fail(ErrorCode::unknownRecord, "record " + row.record.hex() + " is not here");
}

Result<void> admitRows(Home& home, const std::vector<AsideListing>& rows, const std::string& why) {
    return inOneTransaction(home, [&]() -> Result<void> {
        for (const AsideListing& row : rows) {
            HZ_TRY(const EditRequest request, admission(home, row, why));
            HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, home.edit(request));
        }
        return {};
    });
}

}  // namespace

Result<std::vector<AsideListing>> asides(Home& home) {
    std::vector<AsideListing> rows;
    const auto add = [&](const sync::HistoricOp& found, std::string_view reason) -> Result<void> {
        AsideListing row;
        row.op = found.id;
        HZ_TRY(row.dot, home.replica().history().dotText(found.ref));
        row.record = found.op.record;
        row.field = found.op.field;
        row.value = opValue(found.op);
        row.reason = reason;
        row.reasonText = asideText(reason);
        HZ_TRY(row.by, authorshipOf(home, found.ref, found.op.person, found.op.at));
        rows.push_back(std::move(row));
        return {};
    };
    HZ_TRY(const std::vector<sync::AsideRow> asideRows, home.store().asides());
    for (const sync::AsideRow& aside : asideRows) {
        HZ_TRY(const std::optional<sync::HistoricOp> found, home.replica().history().opAt(aside.ref));
        if (found) {
            HZ_CHECK(add(*found, name(aside.reason)));
        }
    }
    HZ_TRY(const std::vector<Hash> refused, home.store().segmentsIn(sync::SegmentState::refused));
    for (const Hash& hash : refused) {
        HZ_TRY(const std::shared_ptr<const sync::SealedSegment> sealed,
               home.replica().history().segment(hash));
        HZ_TRY(const std::optional<sync::SegmentRow> stored, home.store().outline(hash));
        HZ_TRY(const std::vector<sync::Run> runs, home.store().runsOf(hash));
        for (const sync::Run& run : runs) {
            for (sync::OpCounter c = run.first; c <= run.last; ++c) {
                const std::size_t index = c - sealed->segment.first;
                HZ_CHECK(add({{run.branch, c},
                              sealed->segment.ops[index],
                              sealed->opIds[index],
                              hash,
                              sealed->segment.lane.lane},
                             name(static_cast<sync::Reason>(stored->position))));
            }
        }
    }
    HZ_TRY(const std::vector<sync::HeldOp> held, heldOps(home));
    for (const sync::HeldOp& one : held) {
        HZ_TRY(AsideListing row, heldListing(home, one));
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<std::vector<Hash>> admit(Home& home, std::string_view opOrRecord, const std::string& why) {
    HZ_TRY(const std::vector<AsideListing> all, asides(home));
    std::vector<AsideListing> meant;
    for (const AsideListing& row : all) {
        if (row.op.hex().starts_with(opOrRecord)) {
            meant.push_back(row);
        }
    }
    if (meant.size() > 1) {
        return fail(ErrorCode::ambiguous, "several set-aside changes start with " + std::string(opOrRecord));
    }
    if (meant.empty() && opOrRecord.size() <= RecordId::kSize * 2) {
        HZ_TRY(const RecordId record, findRecord(home.state(), opOrRecord));
        std::copy_if(all.begin(), all.end(), std::back_inserter(meant),
                     [&](const AsideListing& row) { return row.record == record; });
    }
    if (meant.empty()) {
        return fail(ErrorCode::notFound, "nothing of " + std::string(opOrRecord) + " is set aside");
    }
    HZ_CHECK(admitRows(home, meant, why));
    std::vector<Hash> admitted;
    for (const AsideListing& row : meant) {
        admitted.push_back(row.op);
    }
    return admitted;
}

Result<void> admit(Home& home, const std::set<Hash>& ops, const std::string& why) {
    HZ_TRY(std::vector<AsideListing> rows, asides(home));
    std::set<Hash> left = ops;
    std::erase_if(rows, [&](const AsideListing& row) { return left.erase(row.op) == 0; });
    if (!left.empty()) {
        return fail(ErrorCode::notFound, "some of these changes are not set aside any more: look again");
    }
    return admitRows(home, rows, why);
}

}  // namespace hezhang::ledger
