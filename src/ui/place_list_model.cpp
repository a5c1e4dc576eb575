// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/place_list_model.h"

#include <QDateTime>

#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

using office::PlaceRow;

static QString groupOf(const PlaceRow& place) {
    if (place.due > 0) {
        return QStringLiteral("due");
    }
    if (place.open > 0) {
        return QStringLiteral("open");
    }
    return place.seen < place.tasks ? QStringLiteral("unseen") : QStringLiteral("seen");
}

static Row rowOf(const PlaceRow& place) {
    using Role = PlaceListModel::Role;
    const QDateTime last = QDateTime::fromString(toQt(place.lastAt), Qt::ISODate);
    Row row{idText(place.unit) + QLatin1Char('/') + idText(place.place), {}};
    row.set(Role::placeId, idText(place.place))
        .set(Role::unitId, idText(place.unit))
        .set(Role::unitName, toQt(place.unitName))
        .set(Role::name, toQt(place.name))
        .set(Role::address, toQt(place.address))
        .set(Role::taskCount, static_cast<int>(place.tasks))
        .set(Role::seenCount, static_cast<int>(place.seen))
        .set(Role::openCount, static_cast<int>(place.open))
        .set(Role::dueCount, static_cast<int>(place.due))
        .set(Role::objectedCount, static_cast<int>(place.objected))
        .set(Role::lastText, last.isValid() ? Format::when(last.toMSecsSinceEpoch()) : QString())
        .set(Role::group, groupOf(place));
    return row;
}

static bool hasText(const PlaceRow& place, const QString& text) {
    return text.isEmpty() || toQt(place.name).contains(text, Qt::CaseInsensitive) ||
           toQt(place.unitName).contains(text, Qt::CaseInsensitive) ||
           toQt(place.address).contains(text, Qt::CaseInsensitive);
}

PlaceListModel::PlaceListModel(HomeThread& reader, StoreThread& store, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent), m_store(store), m_reading(reader, this) {
    m_reading.define<Page>(
        [this] {
            return [text = m_text, today = Format::today().toString(Qt::ISODate).toStdString()](
                       ledger::Home& home) -> Result<Page> {
                HZ_TRY(const std::vector<PlaceRow> places, office::workList(home, today));
                HZ_TRY(const std::vector<ledger::NamedUnit> units, ledger::units(home.state()));
                Page page;
                for (const PlaceRow& place : places) {
                    page.due += place.due > 0 ? 1 : 0;
                    if (hasText(place, text)) {
                        page.rows.push_back(rowOf(place));
                    }
                }
                for (const ledger::NamedUnit& unit : units) {
                    if (!unit.isOver) {
                        page.units.append(QVariantMap{{QStringLiteral("id"), idText(unit.id)},
                                                      {QStringLiteral("name"), toQt(unit.name)}});
                    }
                }
                return page;
            };
        },
        [this](Result<Page> page) {
            m_error.reset();
            if (page) {
                m_dueCount = page->due;
                m_units = page->units;
                setRows(std::move(page->rows));
            } else {
                m_error = page.error();
            }
            m_isReady = true;
            emit readingDone();
        });
    m_reading.again();
}

void PlaceListModel::setText(const QString& text) {
    if (m_text != text) {
        m_text = text;
        emit textChanged();
        m_reading.again();
    }
}

void PlaceListModel::addPlace(const QString& unitId, const QString& name, const QString& address) {
    const office::NewPlace place{
        idOf(unitId), name.trimmed().toStdString(), address.trimmed().toStdString(), {}};
    m_store.edit<RecordId>(
        this, [place](ledger::Home& home) { return office::addPlace(home, place); },
        [this, unitId](const Result<RecordId>& made) {
            if (made) {
                emit added(idText(*made), unitId);
            } else {
                const Message message = MessageTable::of(made.error().code);
                emit failed(message.what, message.next);
            }
        });
}

QString PlaceListModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}

QString PlaceListModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
