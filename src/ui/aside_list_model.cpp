// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/aside_list_model.h"

#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

namespace {

Result<QString> titleOfRecord(ledger::Home& home, const RecordId& record) {
    HZ_TRY(const std::optional<sync::RecordRow> row, home.store().record(record));
    if (!row) {
        return AsideListModel::tr("An entry that is not here yet");
    }
    // A filing or check is told by its task and unit, a task by its item.
    const RecordId task =
        ledger::keyId(row->key, "task").value_or(row->key.registerName == "task" ? record : RecordId{});
    HZ_TRY(const std::string number, ledger::shownText(home.state(), task, "number"));
    HZ_TRY(const std::string item, ledger::shownText(home.state(), task, "item"));
    HZ_TRY(const std::string unit,
           ledger::unitName(home.state(), ledger::keyId(row->key, "unit").value_or(RecordId{})));
    const QString title = joined({toQt(number), toQt(item), toQt(unit)});
    return title.isEmpty() ? AsideListModel::tr("An entry of the county") : title;
}

QString titleOfField(ledger::Home& home, const sync::RecordRow* row, const std::string& field) {
    const schema::RegisterDef* def = row == nullptr ? nullptr : home.registers().find(row->key.registerName);
    const schema::FieldDef* cell = def == nullptr ? nullptr : def->cell(field);
    if (cell == nullptr) {
        return toQt(field);
    }
    const bool isChinese = AsideListModel::tr("en", "the language's code: en or zh") == QLatin1String("zh");
    return toQt(isChinese ? cell->title.zh : cell->title.en);
}

Result<Row> rowOf(ledger::Home& home, const ledger::AsideListing& listing) {
    using Role = AsideListModel::Role;
    HZ_TRY(const std::optional<sync::RecordRow> record, home.store().record(listing.record));
    HZ_TRY(const QString title, titleOfRecord(home, listing.record));
    const bool isHeld = listing.reason == "held";
    const Message message = MessageTable::ofReason(toQt(listing.reason));
    const QString when = listing.by.at == 0 ? QString() : Format::when(listing.by.at);
    Row row{toQt(listing.op.hex()), {}};
    row.set(Role::opId, row.key)
        .set(Role::recordTitle, title)
        .set(Role::fieldTitle, titleOfField(home, record ? &*record : nullptr, listing.field))
        .set(Role::valueText, valueText(listing.value))
        .set(Role::reasonWhat, isHeld ? AsideListModel::tr("It waits for what it builds on.") : message.what)
        .set(Role::reasonNext,
             isHeld ? AsideListModel::tr("It is applied by itself when that arrives; you may apply it now.")
                    : message.next)
        .set(Role::authorText, joined({toQt(listing.by.unitName), toQt(listing.by.personName), when}))
        .set(Role::isHeld, isHeld);
    return row;
}

}  // namespace

AsideListModel::AsideListModel(HomeThread& reader, StoreThread& store, const HomeInfo& info, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_store(store),
      m_canAdmit(info.role == QLatin1String("office")),
      m_reading(reader, this) {
    m_reading.define<std::vector<Row>>(
        [] {
            return [](ledger::Home& home) -> Result<std::vector<Row>> {
                HZ_TRY(const std::vector<ledger::AsideListing> listings, ledger::asides(home));
                std::vector<Row> rows;
                for (const ledger::AsideListing& one : listings) {
                    HZ_TRY(Row row, rowOf(home, one));
                    rows.push_back(std::move(row));
                }
                return rows;
            };
        },
        [this](Result<std::vector<Row>> rows) {
            m_isReady = true;
            if (rows) {
                m_error.reset();
                setRows(std::move(*rows));
            } else {
                m_error = rows.error();
            }
            emit changed();
        });
    m_reading.again();
}

void AsideListModel::admit(const QString& opId, const QString& reason) {
    const QString why = reason.trimmed();
    if (m_isBusy || why.isEmpty()) {
        return;
    }
    m_isBusy = true;
    emit changed();
    m_store.edit<bool>(
        this,
        [op = opId.toStdString(), why = why.toStdString()](ledger::Home& home) -> Result<bool> {
            HZ_TRY(const std::vector<Hash> ops, ledger::admit(home, op, why));
            return !ops.empty();
        },
        [this](const Result<bool>& answer) {
            m_isBusy = false;
            emit changed();
            if (answer) {
                m_reading.again();
                emit admitted();
            } else {
                const Message message = MessageTable::of(answer.error().code);
                emit failed(message.what, message.next);
            }
        });
}

QString AsideListModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}

QString AsideListModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
