// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/aside_list_model.h"

#include <algorithm>

#include "src/ui/field_words.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

namespace {

QString lineOf(const std::string& registerName, const ledger::AsideListing& listing) {
    return AsideListModel::tr("%1: %2", "field, value")
        .arg(fieldTitle(registerName, listing.field), valueWords(registerName, listing.field, listing.value));
}

// Into the row of the same entry, person and reason; else a new one.
Result<void> addTo(std::vector<Row>& rows, ledger::Home& home, const ledger::AsideListing& listing) {
    using Role = AsideListModel::Role;
    HZ_TRY(const std::optional<sync::RecordRow> record, home.store().record(listing.record));
    const QString line = lineOf(record ? record->key.registerName : std::string(), listing);
    const QString op = toQt(listing.op.hex());
    const QString key = idText(listing.record) + QLatin1Char('/') + idText(listing.by.person) +
                        QLatin1Char('/') + toQt(listing.reason);
    const auto same = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.key == key; });
    if (same != rows.end()) {
        same->set(Role::text, same->at(Role::text).toString() + QLatin1Char('\n') + line)
            .set(Role::ops, same->at(Role::ops).toStringList() << op);
        return {};
    }
    // What waits for its record has no place yet.
    const QString title =
        record ? placeWords(ledger::placeOf(home, listing.record).value_or(ledger::RecordPlace{}))
               : QString();
    const bool isHeld = listing.reason == "held";
    const Message message = MessageTable::ofReason(toQt(listing.reason));
    const QString when = listing.by.at == 0 ? QString() : Format::when(listing.by.at);
    Row row{key, {}};
    row.set(Role::entryId, key)
        .set(Role::recordTitle, title.isEmpty() ? AsideListModel::tr("An entry that is not here yet") : title)
        .set(Role::text, line)
        .set(Role::reasonWhat, isHeld ? AsideListModel::tr("It waits for what it builds on.") : message.what)
        .set(Role::reasonNext,
             isHeld ? AsideListModel::tr("It is applied by itself when that arrives; you may apply it now.")
                    : message.next)
        .set(Role::authorText, joined({toQt(listing.by.unitName), toQt(listing.by.personName), when}))
        .set(Role::isHeld, isHeld)
        .set(Role::ops, QStringList(op));
    rows.push_back(std::move(row));
    return {};
}

}  // namespace

AsideListModel::AsideListModel(HomeThread& reader, StoreThread& store, const HomeInfo& info, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_canAdmit(info.role == QLatin1String("office")),
      m_saving(store, this),
      m_reading(reader, this) {
    m_reading.show<std::vector<Row>>(
        [] {
            return [](ledger::Home& home) -> Result<std::vector<Row>> {
                HZ_TRY(const std::vector<ledger::AsideListing> listings, ledger::asides(home));
                std::vector<Row> rows;
                for (const ledger::AsideListing& one : listings) {
                    HZ_CHECK(addTo(rows, home, one));
                }
                return rows;
            };
        },
        [this](std::vector<Row> rows) { setRows(std::move(rows)); });
    follow(*this, m_reading, m_saving);
    m_reading.again();
}

// Op by op: what was admitted before one fails stands, the rest stays in the list.
void AsideListModel::admit(const QString& entryId, const QString& reason) {
    const QString why = reason.trimmed();
    const int at = indexOfKey(entryId);
    if (why.isEmpty() || at < 0) {
        return;
    }
    m_saving.start(
        [ops = row(at).at(Role::ops).toStringList(),
         why = why.toStdString()](ledger::Home& home) -> Result<bool> {
            for (const QString& op : ops) {
                HZ_TRY([[maybe_unused]] const std::vector<Hash> admitted,
                       ledger::admit(home, op.toStdString(), why));
            }
            return true;
        },
        [this] { emit admitted(); });
}

}  // namespace hezhang::ui
