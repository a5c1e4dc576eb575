// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/history_model.h"

#include <algorithm>

#include "src/ui/field_words.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"

namespace hezhang::ui {

using ledger::HistoryRow;
using HistoryRole = HistoryModel::Role;

namespace {

QString kindWords(const std::string& kind) {
    if (kind == "add") {
        return HistoryModel::tr("added");
    }
    if (kind == "remove") {
        return HistoryModel::tr("took out");
    }
    return kind == "increment" ? HistoryModel::tr("counted") : HistoryModel::tr("wrote");
}

QString linesOf(const std::vector<std::string>& texts) {
    QStringList list;
    for (const std::string& text : texts) {
        list.append(toQt(text));
    }
    return list.join(QLatin1Char('\n'));
}

Row rowOf(const HistoryRow& row, const ledger::RecordPlace& place, const DeviceId& own) {
    const Message why = row.reason.empty() ? Message{} : MessageTable::ofReason(toQt(row.reason));
    Row out{toQt(row.dot), {}};
    out.set(HistoryRole::field, toQt(row.field))
        .set(HistoryRole::fieldText, fieldTitle(place.registerName, row.field))
        .set(HistoryRole::valueText, row.isErased ? HistoryModel::tr("(erased by law)")
                                                  : valueWords(place.registerName, row.field, row.value))
        .set(HistoryRole::kindText, kindWords(row.kind))
        .set(HistoryRole::person, toQt(row.by.personName))
        .set(HistoryRole::unit, toQt(row.by.unitName))
        .set(HistoryRole::device, deviceWords(row.by.device, own))
        .set(HistoryRole::timeText, Format::when(row.by.at))
        .set(HistoryRole::countyTimeText, row.countyAt ? Format::when(*row.countyAt) : QString())
        .set(HistoryRole::verdict, progressWord(row.verdict))
        .set(HistoryRole::reasonWhat, why.what)
        .set(HistoryRole::reasonNext, why.next)
        .set(HistoryRole::dot, toQt(row.dot))
        .set(HistoryRole::seenText, linesOf(row.seen))
        .set(HistoryRole::canRestore, false)
        .set(HistoryRole::isShown, false)
        .set(HistoryRole::isOwn, row.by.device == own);
    return out;
}

QString clockWords(const std::map<std::string, std::vector<std::string>>& clock, const std::string& field,
                   const ledger::RecordPlace& place) {
    QStringList parts;
    for (const auto& [name, dots] : clock) {
        if (field.empty() || name == field) {
            parts.append(fieldTitle(place.registerName, name) + QLatin1Char('\n') + linesOf(dots));
        }
    }
    return parts.join(QLatin1Char('\n'));
}

QString vectorWords(const std::vector<ledger::VectorRow>& vector, const std::string& scope) {
    QStringList parts;
    for (const ledger::VectorRow& row : vector) {
        if (row.scope == scope) {
            parts.append(QStringLiteral("%1 → %2").arg(toQt(row.lane.hex())).arg(row.n));
        }
    }
    return parts.join(QLatin1Char('\n'));
}

// An older value can be written again where its field is one value, in no conflict, and not this one already.
Result<void> markRestorable(ledger::Home& home, const sync::RecordRow& record, const HistoryRow& row,
                            Row& out, HistoryModel::Loaded& loaded,
                            std::map<std::string, ledger::CellShown>& cells) {
    const schema::RegisterDef* def = home.registers().find(record.key.registerName);
    if (def == nullptr || def->cell(row.field) == nullptr || row.field == schema::kDeletedCell ||
        row.kind != "assign") {
        return {};
    }
    auto cell = cells.find(row.field);
    if (cell == cells.end()) {
        HZ_TRY(ledger::CellShown shown, ledger::shownCell(home, record, row.field));
        cell = cells.emplace(row.field, std::move(shown)).first;
    }
    const ledger::CellShown& shown = cell->second;
    const bool isLive = std::find(shown.live.begin(), shown.live.end(), row.dot) != shown.live.end();
    out.set(HistoryRole::isShown, isLive);
    if (!isLive && shown.state != sync::CellState::conflict && shown.value != row.value &&
        !row.value.is_null()) {
        out.set(HistoryRole::canRestore, true);
        loaded.older[out.key] = {row.value, shown.seen};
    }
    return {};
}

Result<HistoryModel::Loaded> loadHistory(ledger::Home& home, const RecordId& id, const std::string& field) {
    HZ_TRY(const std::optional<sync::RecordRow> record, home.store().record(id));
    if (!record) {
        return fail(ErrorCode::unknownRecord, "the record is not here");
    }
    HistoryModel::Loaded loaded;
    HZ_TRY(const ledger::RecordPlace place, ledger::placeOf(home, id));
    loaded.title = toQt(place.title);
    loaded.place = joined({field.empty() ? QString() : fieldTitle(place.registerName, field),
                           toQt(place.unitName), toQt(place.detail)});
    HZ_TRY(const auto clock, ledger::clockOf(home, id));
    loaded.clockText = clockWords(clock, field, place);
    HZ_TRY(const std::vector<ledger::VectorRow> vector, ledger::versionVector(home));
    loaded.vectorText = vectorWords(vector, record->scope);
    HZ_TRY(const std::uint64_t missing, home.historyMissing());
    loaded.isPartial = missing > 0;
    HZ_TRY(loaded.isLetGo, home.hasLetGoOfHistory());
    HZ_TRY(const std::vector<HistoryRow> rows, ledger::history(home, id));
    std::map<std::string, ledger::CellShown> cells;
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        if (field.empty() || row->field == field) {
            Row out = rowOf(*row, place, home.me().enrolment.device);
            HZ_CHECK(markRestorable(home, *record, *row, out, loaded, cells));
            loaded.rows.push_back(std::move(out));
        }
    }
    return loaded;
}

}  // namespace

HistoryModel::HistoryModel(HomeThread& reader, StoreThread& store, const RecordId& record,
                           const QString& field, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_store(store),
      m_record(record),
      m_field(field),
      m_reading(reader, this) {
    m_reading.define<Loaded>(
        [this] {
            return [record = m_record, name = m_field.toStdString()](ledger::Home& home) {
                return loadHistory(home, record, name);
            };
        },
        [this](Result<Loaded> loaded) {
            m_isReady = true;
            if (loaded) {
                m_error.reset();
                m_loaded = std::move(*loaded);
                setRows(std::move(m_loaded.rows));
            } else {
                m_error = loaded.error();
            }
            emit changed();
        });
    connect(&store, &StoreThread::syncStateChanged, this, &HistoryModel::noteSync);
    noteSync();
    m_reading.again();
}

void HistoryModel::fetchEarlier() {
    m_store.fetchHistory();
}

// That it was stopped who did so knows.
void HistoryModel::noteSync() {
    const SyncState& sync = m_store.syncState();
    const bool isOver = m_isFetching && !sync.isHistoryWanted;
    if (m_isFetching != sync.isHistoryWanted) {
        m_isFetching = sync.isHistoryWanted;
        emit changed();
    }
    if (isOver && sync.error && sync.error->code != ErrorCode::cancelled) {
        const Message message = MessageTable::of(sync.error->code);
        emit failed(message.what, message.next);
    }
}

void HistoryModel::restore(int index) {
    const auto older = m_loaded.older.find(keyAt(index));
    if (m_isSaving || older == m_loaded.older.end()) {
        return;
    }
    ledger::EditRequest request;
    request.record = m_record;
    request.field = row(index).at(HistoryRole::field).toString().toStdString();
    request.json = older->second.value;
    request.seen = older->second.seen;
    m_isSaving = true;
    emit changed();
    m_store.edit<sync::EditAnswer>(
        this, [request](ledger::Home& home) { return home.edit(request); },
        [this](const Result<sync::EditAnswer>& answer) {
            m_isSaving = false;
            emit changed();
            if (answer) {
                emit restored();
            } else {
                const Message message = MessageTable::of(answer.error().code);
                emit failed(message.what, message.next);
            }
            m_reading.again();
        });
}

QString HistoryModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}

QString HistoryModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
